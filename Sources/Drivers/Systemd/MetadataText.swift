import Logging

/// Metadata as the text of one field: a plain value as it describes itself, a nested one as JSON (RFC 8259).
enum MetadataText {
  static func of(_ value: Logger.MetadataValue) -> String {
    switch value {
    case .string(let text): text
    case .stringConvertible(let convertible): convertible.description
    case .array, .dictionary: json(value)
    }
  }

  /// Numbers and booleans keep their type; keys are in order.
  private static func json(_ value: Logger.MetadataValue) -> String {
    switch value {
    case .string(let text): quoted(text)
    case .stringConvertible(let convertible):
      switch convertible {
      case let number as any FixedWidthInteger: number.description
      case let number as Double where number.isFinite: number.description
      case let number as Float where number.isFinite: number.description
      case let flag as Bool: flag ? "true" : "false"
      default: quoted(convertible.description)
      }
    case .array(let values): "[\(values.map(json).joined(separator: ","))]"
    case .dictionary(let pairs):
      "{\(pairs.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(json($0.value))" }.joined(separator: ","))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..."\u{1f}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
