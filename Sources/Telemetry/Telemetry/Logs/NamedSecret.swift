/// The value in `password=…`, `"token": "…"`, `Authorization: …` and their like.
enum NamedSecret {
  /// How far from its name a separator may stand.
  private static let maximumGapBytes = 8

  /// - Parameter separator: the place of a `=` or `:`.
  /// - Returns: what to take out; nil where the name in front is not a secret's.
  static func value(in bytes: UnsafeBufferPointer<UInt8>, separator: Int) -> Range<Int>? {
    guard let name = name(in: bytes, before: separator) else { return nil }
    var start = separator + 1
    // `=>`, `==` and `:=`; two colons are a path or a cast.
    if start < bytes.count, bytes[start] == UInt8(ascii: ":") { return nil }
    if start < bytes.count, bytes[start] == UInt8(ascii: "=") || bytes[start] == UInt8(ascii: ">") { start += 1 }
    guard SecretNames.isSecret(UnsafeBufferPointer(rebasing: bytes[name])) else { return nil }
    while start < bytes.count, bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\t") { start += 1 }
    let opening = start
    while start < bytes.count, bytes[start] == UInt8(ascii: "\\") { start += 1 }
    guard start < bytes.count else { return opening..<start }
    if bytes[start].isQuote { return quoted(in: bytes, from: start, backslashes: start - opening) }
    if isOpen(bytes[start]) { return opening..<bracketed(in: bytes, from: start) }
    if bytes[separator] == UInt8(ascii: ":"), isHeader(bytes[name]) {
      let end = bytes[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      return opening..<(end ?? bytes.count)
    }
    return opening..<plain(in: bytes, from: opening)
  }

  private static func name(in bytes: UnsafeBufferPointer<UInt8>, before separator: Int) -> Range<Int>? {
    var end = separator
    // The end of `"name"`, `\"name\"` and `[name]`.
    while end > 0, separator - end < maximumGapBytes {
      let byte = bytes[end - 1]
      guard byte.isQuote || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "]")
      else { break }
      end -= 1
    }
    var start = end
    while start > 0, end - start < SecretNames.maximumNameBytes, bytes[start - 1].isName { start -= 1 }
    return start < end ? start..<end : nil
  }

  /// A header whose value goes on to the end of its line.
  private static func isHeader(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let last: [UInt8] = name.suffix("authorization".utf8.count).map { $0 | 0x20 }
    return last == Array("authorization".utf8) || last.suffix("cookie".utf8.count) == Array("cookie".utf8)
  }

  /// Up to the quote that closes. One after an odd number of backslashes belongs to the value, unless the opening one
  /// stands behind as many; so does a doubled `'` (libpq's and SQL's).
  private static func quoted(
    in bytes: UnsafeBufferPointer<UInt8>, from opening: Int, backslashes: Int
  ) -> Range<Int> {
    let quote = bytes[opening]
    var (index, escapes) = (opening + 1, 0)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        escapes += 1
      } else {
        if bytes[index] == quote, backslashes == 0 ? escapes % 2 == 0 : escapes <= backslashes {
          let isDoubled = quote == UInt8(ascii: "'") && index + 1 < bytes.count && bytes[index + 1] == quote
          guard isDoubled else { return (opening + 1)..<(index - escapes) }
          index += 1
        }
        escapes = 0
      }
      index += 1
    }
    return (opening + 1)..<bytes.count
  }

  private static func isOpen(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }

  private static func isClose(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") }

  private static func bracketed(in bytes: UnsafeBufferPointer<UInt8>, from opening: Int) -> Int {
    var depth = 0
    for index in opening..<bytes.count {
      if isOpen(bytes[index]) { depth += 1 }
      if isClose(bytes[index]) { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return bytes.count
  }

  /// Up to a blank or a quote, or to a punctuation that cannot belong to the secret: at its end, or before the next
  /// name. A scheme in front (`Bearer x`) belongs to the value.
  private static func plain(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, !bytes[index].isBlank, !bytes[index].isQuote {
      if isPunctuation(bytes[index]), endsValue(bytes, at: index) { break }
      index += 1
    }
    if let token = SecretToken.afterScheme(in: bytes, at: start), token.lowerBound > index { return token.upperBound }
    return index
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: ")"), UInt8(ascii: "]"),
      UInt8(ascii: "}"), UInt8(ascii: ">"), UInt8(ascii: "|"):
      true
    default: false
    }
  }

  private static func endsValue(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    var next = index + 1
    guard next < bytes.count else { return true }
    if bytes[next].isBlank || bytes[next].isQuote || isPunctuation(bytes[next]) { return true }
    let start = next
    while next < bytes.count, next - start < SecretNames.maximumNameBytes, bytes[next].isName { next += 1 }
    return next > start && next < bytes.count && (bytes[next] == UInt8(ascii: "=") || bytes[next] == UInt8(ascii: ":"))
  }
}
