/// What becomes of names outside the legacy alphabet (`[a-zA-Z_:][a-zA-Z0-9_:]*`) on a page
/// (https://prometheus.io/docs/instrumenting/escaping_schemes/). Where that text leaves a choice, the bytes are those
/// of the reference, prometheus/common `model.EscapeName`: hexadecimal digits are small, `dots` writes two underscores
/// for what it cannot keep, and `values` leaves legal names alone.
public enum EscapingScheme: String, Sendable, Hashable, CaseIterable {
  /// Names stay as they are; the format quotes those that it must.
  case allowUTF8 = "allow-utf-8"
  /// `http.route` becomes `http_route`. Two names may become one.
  case underscores
  /// `http.route_id` becomes `http_dot_route__id`, which can be read back where all else is legal.
  case dots
  /// `http.route_id` becomes `U__http_2e_route__id`, which can be read back.
  case values

  /// The name of a metric under this scheme. An empty name stays empty.
  public func escape(_ name: String) -> String { escape(name, isColonLegal: true) }

  /// The name of a label under this scheme: a colon is legal in a metric's name alone.
  public func escape(label name: String) -> String { escape(name, isColonLegal: false) }

  private func escape(_ name: String, isColonLegal: Bool) -> String {
    if self == .allowUTF8 || (self != .dots && Self.isLegal(name, isColonLegal)) { return name }
    var escaped = self == .values ? "U__" : ""
    for (index, scalar) in name.unicodeScalars.enumerated() {
      if scalar == "_" || !Self.isLegal(scalar.value, at: index, isColonLegal) {
        escaped += replacement(for: scalar)
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Byte by byte: a page asks it of every name.
  private static func isLegal(_ name: String, _ isColonLegal: Bool) -> Bool {
    var index = 0
    for byte in name.utf8 {
      guard isLegal(UInt32(byte), at: index, isColonLegal) else { return false }
      index += 1
    }
    return true
  }

  private func replacement(for scalar: Unicode.Scalar) -> String {
    switch (self, scalar) {
    case (.underscores, _): "_"
    case (_, "_"): "__"
    case (.dots, "."): "_dot_"
    case (.values, _): "_\(String(scalar.value, radix: 16))_"
    default: "__"
    }
  }

  private static func isLegal(_ character: UInt32, at index: Int, _ isColonLegal: Bool) -> Bool {
    switch UInt8(exactly: character) ?? 0 {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
    case UInt8(ascii: ":"): isColonLegal
    default: false
    }
  }
}
