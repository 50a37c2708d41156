import Telemetry

/// One file of the spill directory, and how far its records were settled.
struct SpillSegment {
  /// The files' order.
  let number: Int
  let path: String
  let labels: StreamLabels
  /// Of its first frame.
  let firstSequence: Int
  /// The same as it stands in the file.
  let storedSequence: UInt32
  /// One past its last frame's.
  var endSequence: Int
  var byteCount: Int
  /// Of the first frame that is not settled.
  var offset: Int
  /// The sequence that is expected there.
  var nextSequence: Int
  /// Readable frames that are not settled.
  var pendingRecords: Int
  /// Of the first of them.
  var oldestRecord: Timestamp?

  /// The sequence of this process for one of the file.
  func sequence(ofStored stored: UInt32) -> Int { firstSequence + Int(Int32(bitPattern: stored &- storedSequence)) }

  /// Over the bytes from `offset` on.
  var reader: FrameReader {
    FrameReader(from: 0, expecting: storedSequence &+ UInt32(truncatingIfNeeded: nextSequence - firstSequence))
  }

  func slot(_ bytes: UnsafeRawBufferPointer, _ frame: Range<Int>) -> EntrySlot {
    EntrySlot(
      sequence: sequence(ofStored: Frame.sequence(bytes, at: frame.lowerBound)),
      level: Frame.level(bytes, at: frame.lowerBound), time: Frame.time(bytes, at: frame.lowerBound), frame: frame)
  }
}
