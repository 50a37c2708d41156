/// What the bytes of a text call for: found for all of a text in one pass without a branch, so that most texts are
/// then copied as they are.
struct ByteClass: OptionSet {
  let rawValue: UInt8
  /// JSON writes it with a backslash.
  static let escaped = ByteClass(rawValue: 1)
  /// `:` `=`: a name ends, and its value begins.
  static let separator = ByteClass(rawValue: 2)
  /// `B` `b`: Bearer and Basic begin so.
  static let scheme = ByteClass(rawValue: 4)
  /// What stands behind a scheme.
  static let gap = ByteClass(rawValue: 8)
  /// `J`: the third letter of a JSON web token.
  static let webToken = ByteClass(rawValue: 16)
  /// Enough of them make a card's number.
  static let digit = ByteClass(rawValue: 32)

  private static let fewBytes = 16

  /// Whether it is worth looking closer.
  @inline(__always) var mayHideSecret: Bool {
    rawValue & (Self.separator.rawValue | Self.webToken.rawValue | Self.digit.rawValue) != 0
      || isSuperset(of: [.scheme, .gap])
  }

  /// Whether something other than a card's number may hide.
  var mayHideWord: Bool { !isDisjoint(with: [.separator, .webToken]) || isSuperset(of: [.scheme, .gap]) }

  @inline(__always) static func of(_ buffer: UnsafeBufferPointer<UInt8>) -> ByteClass {
    guard let start = buffer.baseAddress else { return [] }
    return buffer.count < fewBytes ? ofFew(start, buffer.count) : ofMany(start, buffer.count)
  }

  /// A table, since few bytes do not fill a vector.
  private static let table: InlineArray<256, UInt8> = InlineArray { of(UInt8(truncatingIfNeeded: $0)) }

  @inline(__always) private static func ofFew(_ start: UnsafePointer<UInt8>, _ count: Int) -> ByteClass {
    var all: UInt8 = 0
    for index in 0..<count { all |= table[Int(start[index])] }
    return ByteClass(rawValue: all)
  }

  /// The last bytes once more, with those that the steps left over.
  @inline(never) private static func ofMany(_ start: UnsafePointer<UInt8>, _ count: Int) -> ByteClass {
    var all = ofStep(start + (count &- fewBytes))
    var offset = 0
    while offset &+ fewBytes < count {
      all |= ofStep(start + offset)
      offset &+= fewBytes
    }
    return ByteClass(rawValue: all)
  }

  /// The compiler makes vectors of it, since no byte depends on another.
  @inline(__always) private static func ofStep(_ start: UnsafePointer<UInt8>) -> UInt8 {
    var all: UInt8 = 0
    var index = 0
    while index < fewBytes {
      all |= of(start[index])
      index &+= 1
    }
    return all
  }

  /// Sums of choices without a branch, for the same reason.
  @inline(__always) private static func of(_ byte: UInt8) -> UInt8 {
    @inline(__always) func choose(_ isChosen: Bool, _ value: ByteClass) -> UInt8 { isChosen ? value.rawValue : 0 }
    let text =
      choose(byte < 0x20, .escaped) | choose(byte == UInt8(ascii: "\""), .escaped)
      | choose(byte == UInt8(ascii: "\\"), .escaped)
    let names = choose(byte == UInt8(ascii: ":"), .separator) | choose(byte == UInt8(ascii: "="), .separator)
    let gaps =
      choose(byte == UInt8(ascii: " "), .gap) | choose(byte == UInt8(ascii: "\t"), .gap)
      | choose(byte == UInt8(ascii: "+"), .gap) | choose(byte == UInt8(ascii: "%"), .gap)
    let words = choose(byte | 0x20 == UInt8(ascii: "b"), .scheme) | choose(byte == UInt8(ascii: "J"), .webToken)
    return text | names | gaps | words | choose(byte &- UInt8(ascii: "0") < 10, .digit)
  }
}
