/// Tokens that are known by what stands in front of them or how they begin.
enum SecretToken {
  private static let maximumGapBytes = 8
  private static let bearer = Array("bearer".utf8)
  private static let basic = Array("basic".utf8)
  /// What follows `bearer` or `basic` in prose and in challenges.
  private static let prose = [
    "auth", "authentication", "authorization", "credentials", "realm=", "scheme", "token", "tokens",
  ].map { Array($0.utf8) }

  /// What follows `Bearer` or `Basic` in any case (RFC 9110 §11.4).
  /// - Parameter start: where the scheme would begin.
  static func afterScheme(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
    guard start == 0 || !bytes[start - 1].isAlphanumeric else { return nil }
    guard let scheme = [bearer, basic].first(where: { begins(bytes, at: start, with: $0) }) else { return nil }
    let gap = start + scheme.count
    var token = gap
    while token < bytes.count, token - gap < maximumGapBytes, isGap(bytes[token]) { token += 1 }
    if token == gap, begins(bytes, at: gap, with: Array("%20".utf8)) { token += 3 }
    guard token > gap else { return nil }
    var end = token
    while end < bytes.count, bytes[end].isToken { end += 1 }
    let isProse = prose.contains { $0.count == end - token && begins(bytes, at: token, with: $0) }
    return end == token || isProse ? nil : token..<end
  }

  private static func isGap(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "+") || byte.isQuote
      || byte == UInt8(ascii: "\\")
  }

  private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, with word: [UInt8]) -> Bool {
    guard start + word.count <= bytes.count else { return false }
    return word.indices.allSatisfy { bytes[start + $0] == word[$0] || bytes[start + $0] | 0x20 == word[$0] }
  }

  /// `eyJ….….…`: a header in base64 (`{"` is `eyJ`), a dot and more (RFC 7515 §3.1); one that was cut after its
  /// first dot, too.
  /// - Parameters:
  ///   - start: the place of the `J`.
  ///   - freeEnd: up to where an earlier call found no dot, so that no text is looked at twice.
  static func webToken(in bytes: UnsafeBufferPointer<UInt8>, at start: Int, freeEnd: inout Int) -> Range<Int>? {
    guard start >= max(2, freeEnd), bytes[start - 1] == UInt8(ascii: "y"), bytes[start - 2] == UInt8(ascii: "e")
    else { return nil }
    var end = start + 1
    while end < bytes.count, bytes[end].isBase64URL { end += 1 }
    guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), bytes[end + 1].isBase64URL else {
      freeEnd = end
      return nil
    }
    while end < bytes.count, bytes[end].isBase64URL || bytes[end] == UInt8(ascii: ".") { end += 1 }
    return (start - 2)..<end
  }
}
