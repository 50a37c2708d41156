import Topology

/// Reads variables as 12-factor processes do: `NAME` from the environment, or the file that `NAME_FILE` names.
/// An empty value counts as not set.
package struct Settings: Sendable {
  private let environment: [String: String]
  private let readFile: @Sendable (String) throws -> String

  package init(environment: [String: String]) {
    self.init(environment: environment, readFile: { try FileReader.contents(of: $0) })
  }

  init(environment: [String: String], readFile: @escaping @Sendable (String) throws -> String) {
    self.environment = environment
    self.readFile = readFile
  }

  /// The value or the variable's default; nil where there is neither.
  package func optional(_ variable: Variable) throws(SettingsError) -> String? {
    let direct = environment[variable.name].flatMap { $0.isEmpty ? nil : $0 }
    guard let path = environment[variable.fileVariableName], !path.isEmpty else {
      return direct ?? variable.defaultValue.flatMap { $0.isEmpty ? nil : $0 }
    }
    guard direct == nil else {
      throw SettingsError(
        variable, "está definida junto con \(variable.fileVariableName)", remedy: "dejá una de las dos")
    }
    do {
      let contents = try readFile(path)
      // One line end, `\r\n` being one character.
      let value = contents.last?.isNewline == true ? String(contents.dropLast()) : contents
      guard !value.isEmpty else {
        throw SettingsError(variable, "nombra un archivo vacío, \(path)", remedy: "completalo")
      }
      return value
    } catch let error as SettingsError {
      throw error
    } catch {
      throw SettingsError(
        variable, "no se puede leer de \(variable.fileVariableName)=\(path): \(error)",
        remedy: "revisá que el archivo exista y que este usuario lo pueda leer")
    }
  }

  /// The file that holds the value, for whoever reads it again when it changes.
  package func file(of variable: Variable) -> String? {
    environment[variable.fileVariableName].flatMap { $0.isEmpty ? nil : $0 }
  }

  package func required(_ variable: Variable) throws(SettingsError) -> String {
    guard let value = try optional(variable) else {
      throw SettingsError(
        variable, "no está definida", remedy: "definila en el ambiente, o \(variable.fileVariableName) con un archivo")
    }
    return value
  }

  /// - Parameter expected: what the value must look like, for the error; secrets are not repeated in it.
  package func required<T>(
    _ variable: Variable, expected: String, parse: (String) -> T?
  ) throws(SettingsError) -> T {
    let text = try required(variable)
    guard let value = parse(text) else {
      let shown = variable.isSecret ? "" : " (dice “\(text)”)"
      throw SettingsError(variable, "tiene que ser \(expected)\(shown)", remedy: "corregila")
    }
    return value
  }

  package func port(_ port: Port) throws(SettingsError) -> Int {
    try required(port.variable, expected: "un puerto de 0 a 65535") { text in
      Int(text).flatMap { (0...65535).contains($0) ? $0 : nil }
    }
  }
}

/// A setting that is missing or wrong.
package struct SettingsError: Error, CustomStringConvertible, Equatable {
  package let variable: String
  package let problem: String
  package let remedy: String

  package init(_ variable: Variable, _ problem: String, remedy: String) {
    self.variable = variable.name
    self.problem = problem
    self.remedy = remedy
  }

  package var description: String { "\(variable) \(problem): \(remedy)" }
}
