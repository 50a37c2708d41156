import ExporterKit
import Settings
import Topology

/// What `--help` and `--version` of an exporter say.
struct ProgramHelp {
  private let application: any ExporterApplication
  private let flags: [Flag]

  init(_ application: any ExporterApplication, _ flags: [Flag]) {
    self.application = application
    self.flags = flags
  }

  func version(_ settings: Settings) -> String {
    let revision = (try? settings.optional(Variables.revision)) ?? "unknown"
    return "\(application.process.name) \(Release.version) (revision \(revision), Swift \(Release.swiftVersion))\n"
  }

  var help: String {
    let process = application.process
    let variables = ([process.port.variable] + process.variables + application.variables).map { variable in
      let value = variable.defaultValue.flatMap { $0.isEmpty ? nil : " [\($0)]" } ?? ""
      return (variable.name, variable.help + value)
    }
    return """
      \(process.name): \(application.summary)

      \(process.name) [opciones] | --help | --version

      Opciones (con uno o dos guiones; --opcion=valor o --opcion valor):
      \(Self.table(flags.map { (Self.spelling($0), Self.explanation($0)) }))
      Variables de entorno (o NOMBRE_FILE con el archivo que guarda el valor):
      \(Self.table(variables))
      """
  }

  private static func spelling(_ flag: Flag) -> String {
    flag.form == .toggle ? "--[no-]\(flag.name)" : "--\(flag.name)=\(flag.placeholder)"
  }

  private static func explanation(_ flag: Flag) -> String {
    var text = flag.help
    if flag.form == .list { text += " Se puede repetir." }
    if flag.defaultValue != "false", !flag.defaultValue.isEmpty { text += " [\(flag.defaultValue)]" }
    if !flag.environment.isEmpty { text += " ($\(flag.environment.joined(separator: ", $")))" }
    return text
  }

  private static func table(_ rows: [(String, String)]) -> String {
    let width = min(rows.map(\.0.count).max() ?? 0, maximumWidth)
    return rows.map { name, text in
      let padding = String(repeating: " ", count: max(0, width - name.count))
      return "  \(name)\(padding)  \(text)\n"
    }.joined()
  }

  private static let maximumWidth = 44
}
