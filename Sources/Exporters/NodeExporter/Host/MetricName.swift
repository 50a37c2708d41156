/// Names that hardware and drivers choose, in the alphabet of metric names.
enum MetricName {
  /// Characters outside the alphabet, with the underscores around them, become one underscore; the standard exporter's
  /// `SanitizeMetricName`.
  static func sanitized(_ text: String) -> String {
    var name: [UInt8] = []
    var rest = Substring(text).utf8
    while let first = rest.first {
      let underscores = rest.prefix { $0 == underscore }
      let behind = rest.dropFirst(underscores.count)
      let others = behind.prefix { !isWord($0) }
      if !others.isEmpty {
        name.append(underscore)
        rest = behind.dropFirst(others.count).drop { $0 == underscore }
      } else {
        name.append(first)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  private static let underscore = UInt8(ascii: "_")

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || byte == underscore
  }
}
