import Logging

/// One log record as a line of JSON (RFC 8259): `time`, `level`, `service`, `logger`, `message`, then the metadata
/// flat beside them; metadata with one of these names gets `metadata.` in front, and so does what begins with that,
/// so that no two keys of a line are the same.
enum JSONLine {
  private static let hex = Array("0123456789abcdef".utf8)
  private static let reserved: Set<String> = ["time", "level", "service", "logger", "message", "error"]
  private static let prefix = "metadata."

  static func encode(
    _ event: LogEvent, metadata: Logger.Metadata, service: String, logger: String, at time: Timestamp
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    bytes += "{\"time\":\"\(time.rfc3339)\",\"level\":\"\(event.level.rawValue)\",\"service\":".utf8
    append(service, to: &bytes)
    bytes += ",\"logger\":".utf8
    append(logger, to: &bytes)
    bytes += ",\"message\":".utf8
    append(event.message.description, to: &bytes)
    if let error = event.error {
      bytes += ",\"error\":".utf8
      append(String(describing: error), to: &bytes)
    }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      bytes.append(UInt8(ascii: ","))
      append(reserved.contains(key) || key.hasPrefix(prefix) ? prefix + key : key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(value, to: &bytes)
    }
    bytes += "}\n".utf8
    return bytes
  }

  /// Numbers and booleans keep their type; everything else is a string.
  private static func append(_ value: Logger.MetadataValue, to bytes: inout [UInt8]) {
    switch value {
    case .string(let text): append(text, to: &bytes)
    case .stringConvertible(let convertible):
      switch convertible {
      case let number as Int: bytes += String(number).utf8
      case let number as Int64: bytes += String(number).utf8
      case let number as Double where number.isFinite: bytes += number.description.utf8
      case let flag as Bool: bytes += (flag ? "true" : "false").utf8
      case let number as Float where number.isFinite: bytes += number.description.utf8
      case let number as any FixedWidthInteger: bytes += number.description.utf8
      default: append(convertible.description, to: &bytes)
      }
    case .array(let values):
      appendList(values, open: "[", close: "]", to: &bytes) { append($0, to: &$1) }
    case .dictionary(let pairs):
      appendList(pairs.sorted { $0.key < $1.key }, open: "{", close: "}", to: &bytes) { pair, bytes in
        append(pair.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(pair.value, to: &bytes)
      }
    }
  }

  private static func appendList<Element>(
    _ elements: [Element], open: Unicode.Scalar, close: Unicode.Scalar, to bytes: inout [UInt8],
    _ body: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      body(element, &bytes)
    }
    bytes.append(UInt8(ascii: close))
  }

  /// A Swift string is valid UTF-8, so that only the characters of RFC 8259 §7 need an escape.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      case 0..<0x20:
        bytes += "\\u00".utf8
        bytes.append(hex[Int(byte >> 4)])
        bytes.append(hex[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
