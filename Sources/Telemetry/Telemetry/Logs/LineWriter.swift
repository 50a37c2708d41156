import Glibc

/// Bytes of one line on their way: it begins on the stack and moves to the heap where the line is longer.
struct LineWriter: ~Copyable {
  /// What most lines fit into, and the most that Swift allocates on the stack.
  static let stackBytes = 1_024

  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int
  private var isOnHeap = false

  /// - Parameter stack: lives at least as long as the writer.
  init(stack: UnsafeMutableBufferPointer<UInt8>) {
    if let address = stack.baseAddress, !stack.isEmpty {
      base = address
      capacity = stack.count
    } else {
      base = .allocate(capacity: Self.stackBytes)
      capacity = Self.stackBytes
      isOnHeap = true
    }
  }

  deinit { if isOnHeap { base.deallocate() } }

  /// Makes room, so that `put` needs no check.
  @inline(__always) mutating func reserve(_ bytes: Int) {
    if count + bytes > capacity { grow(bytes) }
  }

  @inline(never) private mutating func grow(_ bytes: Int) {
    let larger = max(2 * capacity, count + bytes)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    memory.update(from: base, count: count)
    if isOnHeap { base.deallocate() }
    base = memory
    capacity = larger
    isOnHeap = true
  }

  /// One byte, for which there is room.
  @inline(__always) mutating func put(_ byte: UInt8) {
    base[count] = byte
    count += 1
  }

  /// Bytes for which there is room.
  @inline(__always) mutating func put(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    memcpy(base + count, bytes, length)
    count += length
  }

  /// What stands in the line already once more, for which there is room.
  @inline(__always) mutating func copy(_ offset: Int, _ length: Int) { put(base + offset, length) }

  @inline(__always) mutating func append(_ byte: UInt8) {
    reserve(1)
    put(byte)
  }

  @inline(__always) mutating func append(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    put(text.utf8Start, text.utf8CodeUnitCount)
  }

  @inline(__always) mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      reserve(buffer.count)
      if let start = buffer.baseAddress { put(start, buffer.count) }
    }
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { buffer in
      reserve(buffer.count)
      if let start = buffer.baseAddress { put(start, buffer.count) }
    }
  }

  /// A finite number: the shortest digits that read back as the same.
  mutating func append(_ number: Double) {
    reserve(NumberText.maximumBytes)
    count = NumberText.write(number, at: base + count, alwaysFloat: true) - base
  }

  /// A whole number in decimal.
  mutating func append(decimal number: Int64) {
    reserve(20)
    if number < 0 { put(UInt8(ascii: "-")) }
    var rest = number.magnitude
    var digits = 1
    var bound: UInt64 = 10
    while rest >= bound {
      digits += 1
      let next = bound.multipliedReportingOverflow(by: 10)
      if next.overflow { break }
      bound = next.partialValue
    }
    var position = count + digits
    count = position
    repeat {
      position -= 1
      base[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
  }

  /// Two decimal digits, for which there is room.
  @inline(__always) mutating func put(pair number: UInt32) {
    let tens = (number &* 103) >> 10
    base[count] = UInt8(truncatingIfNeeded: 0x30 &+ tens)
    base[count &+ 1] = UInt8(truncatingIfNeeded: 0x30 &+ number &- 10 &* tens)
    count &+= 2
  }
}
