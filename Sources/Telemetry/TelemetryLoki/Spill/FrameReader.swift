/// Walks over the frames of a spill file, past damaged places. It ends for any bytes, since each step moves forward.
struct FrameReader {
  /// Of the next byte to look at.
  private(set) var offset: Int
  /// Frames that are known to be missing; a damaged end, where nobody knows, counts as one.
  private(set) var lostCount = 0
  private var expected: UInt32?

  /// - Parameter expected: the sequence of the first frame; nil where nobody knows.
  init(from offset: Int, expecting expected: UInt32?) {
    self.offset = offset
    self.expected = expected
  }

  /// Where the next valid frame is.
  mutating func next(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    while offset < bytes.count {
      guard let count = Frame.validByteCount(bytes, at: offset) else {
        guard let place = Self.marker(in: bytes, after: offset) else {
          lostCount += 1
          offset = bytes.count
          return nil
        }
        offset = place
        continue
      }
      let frame = offset..<offset + count
      let sequence = Frame.sequence(bytes, at: offset)
      let missing = Int(Int32(bitPattern: sequence &- (expected ?? sequence)))
      offset = frame.upperBound
      // A frame from before is one that was read already.
      if missing < 0 { continue }
      lostCount += missing
      expected = sequence &+ 1
      return frame
    }
    return nil
  }

  private static func marker(in bytes: UnsafeRawBufferPointer, after offset: Int) -> Int? {
    let first = UInt8(truncatingIfNeeded: Frame.marker)
    var place = offset + 1
    while place + 4 <= bytes.count {
      if bytes[place] == first,
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)) == Frame.marker
      {
        return place
      }
      place += 1
    }
    return nil
  }
}
