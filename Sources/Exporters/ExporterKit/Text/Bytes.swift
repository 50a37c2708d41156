import Glibc

/// A part of a text that a target gave, read in place: valid within the call that hands it out alone, which is why nothing
/// here is kept. What is kept is made a `String` of. Inlined into the collectors, which read nothing but such texts.
package struct Bytes {
  @usableFromInline let base: UnsafePointer<UInt8>?
  @usableFromInline let length: Int
  @inlinable package var count: Int { length }

  @inlinable package init(_ buffer: UnsafeRawBufferPointer) {
    self.init(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count)
  }

  @inlinable init(_ base: UnsafePointer<UInt8>?, _ length: Int) {
    self.base = base
    self.length = length
  }

  @inlinable package var isEmpty: Bool { count == 0 }

  /// - Parameter index: in `0..<count`; else 0.
  @inlinable package subscript(index: Int) -> UInt8 {
    guard let base, index >= 0, index < count else { return 0 }
    return base[index]
  }

  /// A part of it; cut at its ends.
  @inlinable package func part(_ range: Range<Int>) -> Bytes {
    let range = range.clamped(to: 0..<count)
    return Bytes(base.map { $0 + range.lowerBound }, range.count)
  }

  /// All from there on; empty behind the end.
  @inlinable package func from(_ start: Int) -> Bytes { part(min(start, count)..<count) }

  @inlinable package var string: String {
    String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
  }

  /// nil where it is no UTF-8.
  @inlinable package var validString: String? {
    String(validating: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
  }

  @inlinable package var array: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  @inlinable package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let base, start < count, let found = memchr(base + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  @inlinable package func lastIndex(of byte: UInt8) -> Int? {
    var index = count - 1
    while index >= 0, self[index] != byte { index -= 1 }
    return index < 0 ? nil : index
  }

  @inlinable package func hasPrefix(_ prefix: StaticString) -> Bool {
    guard let base, count >= prefix.utf8CodeUnitCount else { return prefix.utf8CodeUnitCount == 0 }
    return memcmp(base, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
  }

  @inlinable package static func == (bytes: Bytes, text: StaticString) -> Bool {
    bytes.count == text.utf8CodeUnitCount && bytes.hasPrefix(text)
  }

  @inlinable package func hasSuffix(_ suffix: StaticString) -> Bool {
    count >= suffix.utf8CodeUnitCount && part(count - suffix.utf8CodeUnitCount..<count).hasPrefix(suffix)
  }

  @inlinable package static func == (bytes: Bytes, text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes.equals(UnsafeRawBufferPointer($0)) } ?? (bytes.string == text)
  }

  @inlinable package static func == (bytes: Bytes, other: [UInt8]) -> Bool {
    other.withUnsafeBytes { bytes.equals($0) }
  }

  @inlinable func equals(_ other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let base, let start = other.baseAddress else { return count == 0 }
    return memcmp(base, start, count) == 0
  }

  /// What stands before the first such byte and what behind it; nil where there is none.
  @inlinable package func cut(at byte: UInt8) -> (head: Bytes, tail: Bytes)? {
    guard let index = firstIndex(of: byte) else { return nil }
    return (part(0..<index), part(index + 1..<count))
  }

  /// Without white space at its ends.
  @inlinable package var trimmed: Bytes {
    var (start, end) = (0, count)
    while start < end, Self.isSpace(self[start]) { start += 1 }
    while end > start, Self.isSpace(self[end - 1]) { end -= 1 }
    return part(start..<end)
  }

  /// Lines without their ends; calls nothing for an empty rest behind the last one.
  @inlinable package func forEachLine(_ body: (Bytes) throws -> Void) rethrows {
    var start = 0
    while start < count {
      let end = firstIndex(of: UInt8(ascii: "\n"), from: start) ?? count
      try body(part(start..<end))
      start = end + 1
    }
  }

  /// What stands between white space.
  @inlinable package var fields: Fields { Fields(self) }

  /// In decimal, with a sign or without; nil for anything else. What does not fit is nil too.
  @inlinable package var integer: Int? {
    let isNegative = self[0] == UInt8(ascii: "-")
    let digits = part((isNegative || self[0] == UInt8(ascii: "+") ? 1 : 0)..<count)
    guard let magnitude = digits.unsigned else { return nil }
    if isNegative { return magnitude <= UInt64(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int(exactly: magnitude)
  }

  /// In decimal, without a sign.
  @inlinable package var unsigned: UInt64? {
    guard !isEmpty else { return nil }
    var value: UInt64 = 0
    for index in 0..<count {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (product, isTooMuch) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOver) = product.addingReportingOverflow(UInt64(digit))
      guard !isTooMuch, !isOver else { return nil }
      value = sum
    }
    return value
  }

  /// In hexadecimal, with or without `0x`; nil for anything else and for what does not fit.
  @inlinable package var hexadecimal: UInt64? {
    let digits = hasPrefix("0x") ? part(2..<count) : self
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for index in 0..<digits.count {
      guard let digit = Self.hexadecimalDigit(digits[index]), value >> 60 == 0 else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  @inlinable static func hexadecimalDigit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// What stands between a byte; an empty text has one empty piece.
  @inlinable package func forEachPiece(between separator: UInt8, _ body: (Bytes) throws -> Void) rethrows {
    var start = 0
    while start <= count {
      let end = firstIndex(of: separator, from: start) ?? count
      try body(part(start..<end))
      start = end + 1
    }
  }

  /// An integer or a decimal fraction, as a double.
  @inlinable package var double: Double? { integer.map { Double($0) } ?? shortFraction ?? Double(string) }

  /// Digits with a point between them, so few that a double holds them and the power of ten exactly: their quotient is
  /// then the nearest double (Clinger, How to Read Floating Point Numbers Accurately, 1990). What the kernel prints.
  @inlinable var shortFraction: Double? {
    guard count <= Self.maximumExactDigits + 1, let (whole, fraction) = cut(at: UInt8(ascii: ".")) else { return nil }
    guard let high = whole.unsigned, let low = fraction.unsigned else { return nil }
    let scale = Self.powersOfTen[fraction.count]
    return (Double(high) * scale + Double(low)) / scale
  }

  @usableFromInline static let maximumExactDigits = 15
  @usableFromInline static let powersOfTen: [Double] = (0...maximumExactDigits).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  @inlinable package static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (byte >= 9 && byte <= 13)
  }
}

/// The fields of a line, one after the other.
package struct Fields: Sequence, IteratorProtocol {
  @usableFromInline let line: Bytes
  @usableFromInline var position = 0

  @inlinable init(_ line: Bytes) { self.line = line }

  @inlinable package mutating func next() -> Bytes? {
    while position < line.count, Bytes.isSpace(line[position]) { position += 1 }
    guard position < line.count else { return nil }
    let start = position
    while position < line.count, !Bytes.isSpace(line[position]) { position += 1 }
    return line.part(start..<position)
  }

  /// Leaves fields out.
  @inlinable package mutating func skip(_ number: Int) {
    for _ in 0..<number where next() == nil { return }
  }

  /// What is left behind the fields taken, without white space around it.
  @inlinable package var rest: Bytes { line.part(position..<line.count).trimmed }
}
