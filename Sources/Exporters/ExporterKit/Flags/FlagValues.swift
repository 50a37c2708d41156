/// What the command line and the environment say about an exporter's flags.
package struct FlagValues: Sendable {
  /// What the process is asked to do.
  package enum Request: Sendable, Equatable {
    case run
    case help
    case version
  }

  package let request: Request
  /// By flag name, in the order of the command line.
  private let given: [String: [String]]
  private let environment: [String: String]

  /// `--name=value`, `--name value`, `--name` and `--no-name`; one dash does as well as two, as Go's own flags have it.
  /// - Parameters:
  ///   - arguments: without the executable's name.
  ///   - flags: all that are known.
  package init(_ arguments: [String], flags: [Flag], environment: [String: String]) throws(FlagMistake) {
    let known = Dictionary(flags.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var given: [String: [String]] = [:]
    var request = Request.run
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      // What is no flag may be a password that lost its own: it is not repeated.
      guard argument.hasPrefix("-") else {
        throw FlagMistake("el argumento \(arguments.count - rest.count) no es una opción: empiezan con --")
      }
      if argument == "-h" || argument == "--help" || argument == "-help" { request = .help }
      if argument == "--version" || argument == "-version" { request = .version }
      guard request == .run else { break }
      let (name, value) = try Self.split(argument)
      if let flag = known[name] {
        given[name, default: []].append(try Self.value(of: flag, value, &rest))
      } else if name.hasPrefix("no-"), let flag = known[String(name.dropFirst(3))], flag.form == .toggle, value == nil {
        given[flag.name, default: []].append("false")
      } else {
        throw FlagMistake("argumento desconocido \(argument.prefix { $0 != "=" })")
      }
    }
    self.request = request
    self.given = given
    self.environment = environment
    for flag in flags where flag.form == .toggle { _ = try Self.truth(raw(flag), flag) }
  }

  /// An empty command line in an empty environment.
  package static let none = FlagValues()

  private init() { (request, given, environment) = (.run, [:], [:]) }

  private static func split(_ argument: String) throws(FlagMistake) -> (name: String, value: String?) {
    let name = argument.hasPrefix("--") ? argument.dropFirst(2) : argument.dropFirst(1)
    guard argument.hasPrefix("-"), !name.isEmpty else { throw FlagMistake("argumento desconocido \(argument)") }
    guard let equals = name.firstIndex(of: "=") else { return (String(name), nil) }
    return (String(name[..<equals]), String(name[name.index(after: equals)...]))
  }

  private static func value(
    of flag: Flag, _ value: String?, _ rest: inout ArraySlice<String>
  ) throws(FlagMistake) -> String {
    if let value { return value }
    if flag.form == .toggle { return "true" }
    guard let next = rest.popFirst() else { throw FlagMistake("--\(flag.name) necesita un valor") }
    return next
  }

  /// All that was said, on the command line or else in the environment, or else the default.
  private func all(_ flag: Flag) -> [String] {
    if let given = given[flag.name] { return given }
    for variable in flag.environment {
      if let value = environment[variable], !value.isEmpty { return [value] }
    }
    return flag.defaultValue.isEmpty ? [] : [flag.defaultValue]
  }

  private func raw(_ flag: Flag) -> String { all(flag).last ?? "" }

  private static func truth(_ text: String, _ flag: Flag) throws(FlagMistake) -> Bool {
    switch text.lowercased() {
    case "true", "1", "t", "yes": return true
    case "false", "0", "f", "no", "": return false
    default: throw FlagMistake("--\(flag.name) es true o false, no \(text)")
    }
  }

  /// Whether the command line or the environment says anything.
  package func isGiven(_ flag: Flag) -> Bool {
    given[flag.name] != nil || flag.environment.contains { environment[$0]?.isEmpty == false }
  }

  /// nil where it is empty.
  package func text(_ flag: Flag) -> String? {
    let text = raw(flag)
    return text.isEmpty ? nil : text
  }

  /// Every value that was given; of the environment and the default one.
  package func list(_ flag: Flag) -> [String] { all(flag).filter { !$0.isEmpty } }

  package func isOn(_ flag: Flag) -> Bool { (try? Self.truth(raw(flag), flag)) ?? false }

  /// - Parameter range: what is accepted.
  package func integer(_ flag: Flag, in range: ClosedRange<Int>) throws(FlagMistake) -> Int {
    guard let number = Int(raw(flag)), range.contains(number) else {
      throw FlagMistake("--\(flag.name) es un número de \(range.lowerBound) a \(range.upperBound)")
    }
    return number
  }

  /// As Go writes durations: `500ms`, `1m30s`, `2h`; see https://pkg.go.dev/time#ParseDuration.
  package func duration(_ flag: Flag) throws(FlagMistake) -> Duration {
    guard let duration = Duration(go: raw(flag)) else {
      throw FlagMistake("--\(flag.name) es una duración como 500ms, 15s o 1m30s")
    }
    return duration
  }
}

/// A command line that cannot be obeyed: exit code 2.
package struct FlagMistake: Error, CustomStringConvertible, Equatable {
  /// In Spanish, without the value of a secret.
  package let description: String
  package init(_ description: String) { self.description = description }
}

extension Duration {
  /// nil for what is no duration of Go's, and for a negative one.
  package init?(go text: String) {
    guard text != "0" else {
      self = .zero
      return
    }
    var rest = text[...]
    var total = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !$0.isNumber && $0 != "." }
      rest = rest.dropFirst(unit.count)
      guard let number = Double(digits), let seconds = Self.secondsByUnit[String(unit)] else { return nil }
      total += number * seconds
    }
    guard !text.isEmpty, total < 1e9 else { return nil }
    self = .seconds(total)
  }

  private static let secondsByUnit = [
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600,
  ]
}
