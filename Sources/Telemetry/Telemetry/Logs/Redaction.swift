/// Takes secrets out of text before any sink sees it: passwords of URLs, values whose name announces a secret
/// (`SecretNames`), tokens of the schemes Bearer and Basic, JSON web tokens and card numbers. The rest of the text
/// stays.
///
/// One walk over the bytes, which does nothing at bytes where no secret can begin. Where it is unclear how far a secret
/// goes, too much is taken out rather than too little.
enum Redaction {
  static let replacement = "[redacted]"

  /// - Parameters:
  ///   - bytes: UTF-8.
  ///   - found: the classes of the bytes.
  ///   - looksForCards: false where the text is known to be an identifier.
  /// - Returns: the text without its secrets; nil where it has none.
  static func redacted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ found: ByteClass, looksForCards: Bool = true
  ) -> [UInt8]? {
    let mayHideCard = looksForCards && found.contains(.digit) && CardNumber.mayHide(in: bytes)
    return mayHideCard || found.mayHideWord ? redacted(bytes, looksForCards: mayHideCard) : nil
  }

  static func hasSecret(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { redacted($0, ByteClass.of($0)) != nil }
  }

  /// The text without its secrets.
  static func cleaned(_ text: String) -> String {
    var copy = text
    return copy.withUTF8 { bytes in
      redacted(bytes, ByteClass.of(bytes)).map { String(decoding: $0, as: UTF8.self) }
    } ?? text
  }

  private static func redacted(_ bytes: UnsafeBufferPointer<UInt8>, looksForCards: Bool) -> [UInt8]? {
    var output: [UInt8]?
    var (copied, position) = (0, 0)
    var (tokenFreeEnd, urlFreeEnd) = (0, 0)
    while position < bytes.count {
      let found: Range<Int>?
      switch bytes[position] {
      case UInt8(ascii: ":"):
        found =
          SecretURL.password(in: bytes, colon: position, freeEnd: &urlFreeEnd)
          ?? NamedSecret.value(in: bytes, separator: position)
      case UInt8(ascii: "="): found = NamedSecret.value(in: bytes, separator: position)
      case UInt8(ascii: "b"), UInt8(ascii: "B"): found = SecretToken.afterScheme(in: bytes, at: position)
      case UInt8(ascii: "J"): found = SecretToken.webToken(in: bytes, at: position, freeEnd: &tokenFreeEnd)
      case UInt8(ascii: "0")...UInt8(ascii: "9") where looksForCards:
        found = CardNumber.range(in: bytes, from: position)
        if found == nil { position = CardNumber.endOfGroup(in: bytes, from: position) - 1 }
      default: found = nil
      }
      guard let found, found.lowerBound >= copied, !found.isEmpty else {
        position += 1
        continue
      }
      output = output ?? []
      output?.append(contentsOf: bytes[copied..<found.lowerBound])
      output?.append(contentsOf: replacement.utf8)
      copied = found.upperBound
      position = max(position + 1, copied)
    }
    output?.append(contentsOf: bytes[copied...])
    return output
  }
}

/// Kinds of bytes that the rules ask for.
extension UInt8 {
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
  var isAlphanumeric: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 26 }
  var isHexadecimal: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }
  /// Ends every unquoted secret: space, and control characters.
  var isBlank: Bool { self <= 0x20 }
  var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") || self == UInt8(ascii: "`") }
  /// What JSON web tokens are made of, their dots aside (RFC 4648 §5).
  var isBase64URL: Bool { isAlphanumeric || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
  /// What a bearer token is made of (RFC 6750 §2.1), and `%` of an encoded one.
  var isToken: Bool {
    isBase64URL || self == UInt8(ascii: ".") || self == UInt8(ascii: "~") || self == UInt8(ascii: "+")
      || self == UInt8(ascii: "/") || self == UInt8(ascii: "=") || self == UInt8(ascii: "%")
  }
  /// What names of values are made of.
  var isName: Bool { isBase64URL || self == UInt8(ascii: ".") || self >= 0x80 }
}
