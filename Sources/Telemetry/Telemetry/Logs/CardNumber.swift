/// Numbers of payment cards: 13 to 19 digits whose last one is right by Luhn's formula (ISO/IEC 7812-1, annex B), alone
/// or in groups with up to two separators between them. Cards of banks and shops begin with 2 to 6 (ISO/IEC 7812-1 §5.2), which
/// keeps instants in milli- and nanoseconds out.
enum CardNumber {
  static let digitCounts = 13...19
  /// The least number of that many digits.
  static let least: UInt64 = 1_000_000_000_000
  private static let firstDigits: ClosedRange<UInt8> = UInt8(ascii: "2")...UInt8(ascii: "6")
  /// Of identifiers in hexadecimal: spans, traces, SHA-1, SHA-256.
  private static let identifierBytes: Set<Int> = [16, 32, 40, 64]
  private static let longestIdentifierBytes = 64
  private static let uuidBytes = 36
  /// U+00A0 in UTF-8.
  private static let noBreakSpace: (UInt8, UInt8) = (0xC2, 0xA0)
  private static let maximumGapBytes = 2
  private static let uuidDashes: Set<Int> = [8, 13, 18, 23]

  /// Whether there are enough digits with nothing but separators between them: a look at every thirteenth byte first,
  /// since one of them would be in the number.
  static func mayHide(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = digitCounts.lowerBound - 1
    while index < bytes.count {
      if isPart(bytes[index]) {
        var (start, end) = (index, index + 1)
        while start > 0, isPart(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, isPart(bytes[end]) { end += 1 }
        if end - start >= digitCounts.lowerBound, bytes[start..<end].count(where: \.isDigit) >= digitCounts.lowerBound {
          return true
        }
        index = max(index, end - 1)
      }
      index += digitCounts.lowerBound
    }
    return false
  }

  private static func isPart(_ byte: UInt8) -> Bool { byte.isDigit || isSeparator(byte) }

  /// - Parameter start: the place of a group's first digit.
  /// - Returns: the longest card number that begins there; nil where none does.
  static func range(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
    guard firstDigits.contains(bytes[start]), start == 0 || !bytes[start - 1].isDigit else { return nil }
    var (index, count) = (start, 0)
    var found: Int?
    // Luhn's sums of the digits so far: with the last one taken as it is, and with the last one doubled.
    var (plain, doubled) = (0, 0)
    while index < bytes.count, count <= digitCounts.upperBound {
      if bytes[index].isDigit {
        let digit = Int(bytes[index] - UInt8(ascii: "0"))
        let twice = digit < 5 ? 2 * digit : 2 * digit - 9
        (plain, doubled) = (doubled + digit, plain + twice)
        count += 1
        index += 1
        let isEnd = index == bytes.count || !bytes[index].isDigit
        if isEnd, digitCounts.contains(count), plain % 10 == 0 { found = index }
      } else {
        let gap = index
        while index < bytes.count, index - gap < maximumGapBytes, isSeparator(bytes[index]) { index += 1 }
        guard index > gap, index < bytes.count, bytes[index].isDigit else { break }
      }
    }
    guard let found, !isIdentifier(bytes, start..<found) else { return nil }
    return start..<found
  }

  static func endOfGroup(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end].isDigit { end += 1 }
    return max(end, start + 1)
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
      || byte == noBreakSpace.0 || byte == noBreakSpace.1
  }

  /// Digits amid a UUID or a longer hexadecimal word with letters.
  private static func isIdentifier(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    func isPart(_ byte: UInt8) -> Bool { byte.isHexadecimal || byte == UInt8(ascii: "-") }
    var (start, end) = (range.lowerBound, range.upperBound)
    while start > 0, end - start <= longestIdentifierBytes, isPart(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, end - start <= longestIdentifierBytes, isPart(bytes[end]) { end += 1 }
    let isBounded =
      (start == 0 || !bytes[start - 1].isAlphanumeric) && (end == bytes.count || !bytes[end].isAlphanumeric)
    let word = bytes[start..<end]
    guard isBounded, word.allSatisfy(isPart), word.contains(where: { !$0.isDigit && $0 != UInt8(ascii: "-") })
    else { return false }
    let dashes = word.indices.filter { bytes[$0] == UInt8(ascii: "-") }.map { $0 - start }
    return dashes.isEmpty
      ? identifierBytes.contains(word.count) : word.count == uuidBytes && Set(dashes) == uuidDashes
  }
}
