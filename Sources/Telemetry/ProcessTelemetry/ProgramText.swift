import Settings
import Topology

/// What `--help` and `--version` of every process of ours say.
package struct ProgramText: Sendable {
  /// A verb with what it does, for the operator.
  package typealias Verb = (name: String, help: String)

  private let process: PlatformProcess
  private let verbs: [Verb]

  package init(_ process: PlatformProcess, verbs: [Verb] = []) {
    self.process = process
    self.verbs = verbs
  }

  /// Answers what needs no work.
  /// - Returns: the exit code; nil where the process is to run.
  package func answer(_ request: CommandLineRequest, _ settings: Settings) -> Int32? {
    switch request {
    case .help: ProcessSurroundings.print(help)
    case .version: ProcessSurroundings.print(version(settings))
    case .mistake(let argument):
      ProcessSurroundings.complain("\(process.name): argumento desconocido \(argument): mirá \(process.name) --help")
      return 2
    case .run: return nil
    }
    return 0
  }

  private func version(_ settings: Settings) -> String {
    let revision = (try? settings.optional(Variables.revision)) ?? "unknown"
    return "\(process.name) \(Release.version) (revision \(revision), Swift \(Release.swiftVersion))\n"
  }

  private var help: String {
    let choice = (verbs.map(\.name) + ["--help", "--version"]).joined(separator: " | ")
    let known = [process.port.variable] + process.variables + process.migrationVariables
    let variables = known.map { variable in
      let value = variable.defaultValue.flatMap { $0.isEmpty ? nil : " [\($0)]" } ?? ""
      return (variable.name, variable.help + value)
    }
    let sections = [
      verbs.isEmpty ? "" : "\n" + Self.table(verbs.map { ($0.name, $0.help) }),
      "\nVariables de entorno (o NOMBRE_FILE con el archivo que guarda el valor):\n" + Self.table(variables),
    ]
    return "\(process.name) [\(choice)]\n" + sections.joined()
  }

  private static func table(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, text in
      "  \(name)\(String(repeating: " ", count: width - name.count))  \(text)\n"
    }.joined()
  }
}
