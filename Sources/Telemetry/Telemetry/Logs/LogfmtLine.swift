import Logging

/// How lines look on standard output.
public enum LogFormat: Sendable {
  /// One object a line.
  case json
  /// `time=… level=INFO msg="…" key=value`.
  case logfmt
}

/// A record as promslog, and go-kit's log before it, write lines (Go's `log/slog` TextHandler): `time`, `level`,
/// `source` with the logger's label, `msg`, then the metadata sorted by key. It renders what the record holds, from
/// which secrets are out already.
enum LogfmtLine {
  static func bytes(_ record: LogRecord) -> [UInt8] {
    var line = "time=\(time(record.time)) level=\(level(record.level)) source="
    append(record.logger, to: &line)
    line += " msg="
    append(record.message, to: &line)
    for (key, value) in record.metadata.sorted(by: { $0.key < $1.key }) {
      line += " "
      append(key, to: &line)
      line += "="
      append(value.description, to: &line)
    }
    line += "\n"
    return Array(line.utf8)
  }

  /// With milliseconds: `2026-11-25T00:04:10.123Z`.
  private static func time(_ time: Timestamp) -> String {
    let text = time.rfc3339
    guard let point = text.firstIndex(of: ".") else { return text }
    return text[...point] + text[text.index(after: point)...].prefix(3) + "Z"
  }

  /// Go has four.
  private static func level(_ level: Logger.Level) -> StaticString {
    switch level {
    case .trace, .debug: "DEBUG"
    case .info, .notice: "INFO"
    case .warning: "WARN"
    case .error, .critical: "ERROR"
    }
  }

  private static func append(_ text: String, to line: inout String) {
    guard text.isEmpty || text.unicodeScalars.contains(where: needsQuotes) else {
      line += text
      return
    }
    line += "\""
    for scalar in text.unicodeScalars { append(scalar, to: &line) }
    line += "\""
  }

  private static func needsQuotes(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "=", "\\": true
    default: scalar.value <= 0x20 || !isPrinted(scalar)
    }
  }

  private static func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0xA0, 0x2028, 0x2029, 0xFEFF: false
    default: true
    }
  }

  /// As Go's strconv.Quote.
  private static func append(_ scalar: Unicode.Scalar, to line: inout String) {
    switch scalar {
    case "\"": line += "\\\""
    case "\\": line += "\\\\"
    case "\n": line += "\\n"
    case "\r": line += "\\r"
    case "\t": line += "\\t"
    case _ where isPrinted(scalar): line.unicodeScalars.append(scalar)
    default:
      let digits = String(scalar.value, radix: 16)
      let width = scalar.value < 0x80 ? 2 : 4
      line += (width == 2 ? "\\x" : "\\u") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
  }
}
