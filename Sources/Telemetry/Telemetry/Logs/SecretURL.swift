/// The password in `scheme://user:password@host` (RFC 3986 §3.2.1).
enum SecretURL {
  private static let maximumAuthorityBytes = 1_024

  /// - Parameters:
  ///   - colon: the place of the one behind the scheme.
  ///   - freeEnd: up to where an earlier call found no `@`, so that no text is looked at twice.
  static func password(in bytes: UnsafeBufferPointer<UInt8>, colon: Int, freeEnd: inout Int) -> Range<Int>? {
    guard colon > 0, bytes[colon - 1].isAlphanumeric, let start = authority(in: bytes, after: colon),
      bytes[start] != UInt8(ascii: "[")
    else { return nil }
    let limit = min(bytes.count, start + maximumAuthorityBytes)
    let end = (start..<limit).first { endsAuthority(bytes[$0]) } ?? limit
    guard let separator = (start..<end).first(where: { bytes[$0] == UInt8(ascii: ":") }) else { return nil }
    if let host = bytes[separator..<end].lastIndex(of: UInt8(ascii: "@")) { return (separator + 1)..<host }
    // No port: then a password that should have been encoded goes on beyond what looks like the authority's end.
    guard end < bytes.count, end >= freeEnd, !bytes[(separator + 1)..<end].allSatisfy(\.isDigit) else { return nil }
    let word = (separator..<limit).first { bytes[$0].isBlank || bytes[$0].isQuote } ?? limit
    guard let host = bytes[separator..<word].lastIndex(of: UInt8(ascii: "@")) else {
      freeEnd = word
      return nil
    }
    return (separator + 1)..<host
  }

  /// Behind two slashes, which JSON may escape (RFC 8259 §7).
  private static func authority(in bytes: UnsafeBufferPointer<UInt8>, after colon: Int) -> Int? {
    var index = colon + 1
    for _ in 0..<2 {
      if index < bytes.count, bytes[index] == UInt8(ascii: "\\") { index += 1 }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "/") else { return nil }
      index += 1
    }
    return index < bytes.count ? index : nil
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte.isBlank || byte.isQuote
      || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
  }
}
