import Glibc
import Redis

/// A part of a reply's text, read in place: valid within `RedisReply.withText` alone, which is why nothing here is kept.
struct ReplyText {
  private let base: UnsafePointer<UInt8>?
  let count: Int

  init(_ buffer: UnsafeRawBufferPointer) {
    base = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    count = buffer.count
  }

  private init(_ base: UnsafePointer<UInt8>?, _ count: Int) {
    self.base = base
    self.count = count
  }

  var isEmpty: Bool { count == 0 }

  /// - Parameter index: in `0..<count`; else 0.
  subscript(index: Int) -> UInt8 {
    guard let base, index >= 0, index < count else { return 0 }
    return base[index]
  }

  /// A part of it; cut at its ends.
  func part(_ range: Range<Int>) -> ReplyText {
    let range = range.clamped(to: 0..<count)
    return ReplyText(base.map { $0 + range.lowerBound }, range.count)
  }

  func from(_ start: Int) -> ReplyText { part(min(start, count)..<count) }

  private var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let base, start < count, let found = memchr(base + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  func lastIndex(of byte: UInt8) -> Int? { (0..<count).last { self[$0] == byte } }

  func hasPrefix(_ prefix: StaticString) -> Bool {
    guard let base, count >= prefix.utf8CodeUnitCount else { return prefix.utf8CodeUnitCount == 0 }
    return memcmp(base, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
  }

  static func == (text: ReplyText, other: StaticString) -> Bool {
    text.count == other.utf8CodeUnitCount && text.hasPrefix(other)
  }

  static func == (text: ReplyText, other: [UInt8]) -> Bool {
    guard text.count == other.count, let base = text.base else { return text.count == other.count }
    return memcmp(base, other, other.count) == 0
  }

  /// FNV-1a. Source: http://www.isthe.com/chongo/tech/comp/fnv/
  var hash: UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash
  }

  /// Pieces between a byte; an empty text has one empty piece.
  func forEachPiece(between separator: UInt8, _ body: (ReplyText) -> Void) {
    var start = 0
    while start <= count {
      let end = firstIndex(of: separator, from: start) ?? count
      body(part(start..<end))
      start = end + 1
    }
  }

  /// Lines without their ends, which are CR LF or LF, and without empty ones.
  func forEachLine(_ body: (ReplyText) -> Void) {
    forEachPiece(between: UInt8(ascii: "\n")) { line in
      let end = line[line.count - 1] == UInt8(ascii: "\r") ? line.count - 1 : line.count
      if end > 0 { body(line.part(0..<end)) }
    }
  }

  /// What stands before and behind the first such byte; nil where there is none.
  func cut(at separator: UInt8) -> (ReplyText, ReplyText)? {
    firstIndex(of: separator).map { (part(0..<$0), from($0 + 1)) }
  }

  /// The pairs of `keys=1,expires=0`, or with another separator.
  func forEachPair(between separator: UInt8 = UInt8(ascii: ","), _ body: (ReplyText, ReplyText) -> Void) {
    forEachPiece(between: separator) { pair in
      if let (name, value) = pair.cut(at: UInt8(ascii: "=")) { body(name, value) }
    }
  }

  /// In decimal, with a sign or without; nil for anything else, and for what does not fit.
  var integer: Int? {
    let isNegative = self[0] == UInt8(ascii: "-")
    let digits = isNegative ? from(1) : self
    guard !digits.isEmpty else { return nil }
    var value = 0
    for byte in digits.bytes {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (product, isTooMuch) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOver) = product.addingReportingOverflow(Int(digit))
      guard !isTooMuch, !isOver else { return nil }
      value = sum
    }
    return isNegative ? -value : value
  }

  var double: Double? { integer.map(Double.init) ?? decimal ?? Double(string) }

  /// `12.345` as 12345 divided by 1000: both are exact up to so many digits, so that the quotient is what is nearest.
  private var decimal: Double? {
    guard count <= Self.maximumExactDigits, let point = firstIndex(of: UInt8(ascii: ".")) else { return nil }
    let places = count - point - 1
    guard self[0] != UInt8(ascii: "-"), places > 0, let whole = part(0..<point).integer,
      self[point + 1] != UInt8(ascii: "-"), let rest = from(point + 1).integer
    else { return nil }
    let scale = Self.powersOfTen[places]
    return (Double(whole) * scale + Double(rest)) / scale
  }

  private static let maximumExactDigits = 15
  private static let powersOfTen: [Double] = (0...maximumExactDigits).map {
    (0..<$0).reduce(1.0) { power, _ in power * 10 }
  }
}

extension RedisReply {
  func withText<T>(_ body: (ReplyText) throws -> T) rethrows -> T { try withBytes { try body(ReplyText($0)) } }
}
