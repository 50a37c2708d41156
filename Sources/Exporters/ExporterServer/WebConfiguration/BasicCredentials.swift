/// What `Authorization: Basic` carries (RFC 7617): base64 of `user:password`.
struct BasicCredentials: Equatable {
  let user: String
  let password: String

  /// - Parameter header: nil where there is none.
  /// nil for another scheme and for what cannot be decoded.
  init?(_ header: String?) {
    guard let header, header.utf8.count > 6, header.prefix(6).lowercased() == "basic ",
      let decoded = Self.decoded(header.dropFirst(6)), let colon = decoded.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    user = String(decoding: decoded[..<colon], as: UTF8.self)
    password = String(decoding: decoded[(colon + 1)...], as: UTF8.self)
  }

  /// RFC 4648 §4, padded.
  private static func decoded(_ text: Substring) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.count % 4 == 0, !bytes.isEmpty else { return nil }
    let padding = bytes.suffix(2).count { $0 == UInt8(ascii: "=") }
    var (result, pending, bits) = ([UInt8](), UInt32(0), 0)
    for byte in bytes.dropLast(padding) {
      guard let value = value(byte) else { return nil }
      pending = pending << 6 | value
      bits += 6
      if bits >= 8 {
        bits -= 8
        result.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
      }
    }
    return result
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
