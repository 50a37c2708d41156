import ExporterKit
import Logging
import Telemetry

/// The flags of the log, spelt as the standard exporters spell them.
enum LogFlags {
  private static let levels: [(name: String, level: Logger.Level)] = [
    ("debug", .debug), ("info", .info), ("warn", .warning), ("error", .error),
  ]
  private static let formats: [(name: String, format: LogFormat)] = [("json", .json), ("logfmt", .logfmt)]

  static let level = Flag(
    "log.level", placeholder: "NIVEL", "Lo menos grave que se anota: debug, info, warn o error. Sin él vale LOG_LEVEL.")
  static let format = Flag(
    "log.format", placeholder: "FORMATO", default: "json", "Formato de la salida estándar: json o logfmt.")

  static let all = [level, format]

  /// - Returns: nil for the level where the environment decides.
  static func options(_ values: FlagValues) throws(FlagMistake) -> (level: Logger.Level?, format: LogFormat) {
    let level = try values.text(level).map { (text) throws(FlagMistake) in
      guard let known = levels.first(where: { $0.name == text }) else {
        throw FlagMistake("--\(Self.level.name) es debug, info, warn o error, no \(text)")
      }
      return known.level
    }
    let text = values.text(format) ?? "json"
    guard let format = formats.first(where: { $0.name == text })?.format else {
      throw FlagMistake("--\(Self.format.name) es json o logfmt, no \(text)")
    }
    return (level, format)
  }
}
