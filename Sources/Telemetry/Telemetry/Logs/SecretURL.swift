/// The password in `scheme://user:password@host` (RFC 3986 §3.2.1).
enum SecretURL {
  private static let maximumAuthorityBytes = 1_024

  /// - Parameters:
  ///   - colon: the place of the one behind the scheme.
  ///   - freeEnd: up to where an earlier call found no `@`, so that no text is looked at twice.
  static func password(in bytes: UnsafeBufferPointer<UInt8>, colon: Int, freeEnd: inout Int) -> Range<Int>? {
    let start = colon + 3
    guard colon > 0, bytes[colon - 1].isAlphanumeric, start < bytes.count, bytes[start - 2] == UInt8(ascii: "/"),
      bytes[start - 1] == UInt8(ascii: "/"), bytes[start] != UInt8(ascii: "[")
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

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte.isBlank || byte.isQuote
      || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
  }
}
