import Glibc

/// Bytes that are written one after the other. `[UInt8]` checks at each append whether it is unique and large enough;
/// this checks the size alone.
struct OutputBuffer: ~Copyable {
  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 1 << 12) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// The place for up to `size` more bytes; tell `advance` how many were written.
  @inline(__always) mutating func space(for size: Int) -> UnsafeMutablePointer<UInt8> {
    if count + size > capacity { grow(by: size) }
    return start + count
  }

  @inline(__always) mutating func advance(by size: Int) { count += size }

  @inline(never) private mutating func grow(by size: Int) {
    capacity = max(capacity * 2, count + size)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  @inline(__always) mutating func append(_ byte: UInt8) {
    space(for: 1).pointee = byte
    count += 1
  }

  @inline(__always) mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(__always) mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    memcpy(space(for: bytes.count), source, bytes.count)
    count += bytes.count
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  mutating func append(contentsOf other: borrowing OutputBuffer) {
    append(UnsafeBufferPointer(start: other.start, count: other.count))
  }

  mutating func removeAll() { count = 0 }

  /// Takes back what was written behind this place.
  mutating func cut(to count: Int) { self.count = min(self.count, count) }

  /// What has been written, which is then gone from here.
  mutating func take() -> [UInt8] {
    defer { count = 0 }
    return [UInt8](UnsafeBufferPointer(start: start, count: count))
  }
}
