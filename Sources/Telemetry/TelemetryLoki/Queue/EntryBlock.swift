import Logging
import Telemetry

/// One record in a block.
struct EntrySlot: Sendable {
  /// Counts by one through the life of the process; what was found on disk comes before its first.
  let sequence: Int
  let level: Logger.Level
  let time: Timestamp
  /// Of the whole frame in the block's bytes.
  let frame: Range<Int>

  /// Of the `logproto.EntryAdapter`.
  var entry: Range<Int> { frame.lowerBound + Frame.prefixByteCount..<frame.upperBound }
}

/// Encoded records in order, all of one process' labels.
struct EntryBlock: Sendable {
  let labels: StreamLabels
  /// The frames of `slots`, and perhaps others around them.
  var bytes: [UInt8] = []
  var slots: [EntrySlot] = []

  init(labels: StreamLabels) { self.labels = labels }

  /// What it takes of the memory.
  var byteCount: Int { bytes.count + slots.count * MemoryLayout<EntrySlot>.stride }

  /// The frames of all slots, which stand one behind the other.
  var frames: Range<Int> { (slots.first?.frame.lowerBound ?? 0)..<(slots.last?.frame.upperBound ?? 0) }

  /// Appends another block's slots with their bytes.
  mutating func append(_ others: ArraySlice<EntrySlot>, of block: EntryBlock) {
    guard let first = others.first, let last = others.last else { return }
    let shift = bytes.count - first.frame.lowerBound
    bytes += block.bytes[first.frame.lowerBound..<last.frame.upperBound]
    slots += others.map { slot in
      EntrySlot(
        sequence: slot.sequence, level: slot.level, time: slot.time,
        frame: slot.frame.lowerBound + shift..<slot.frame.upperBound + shift)
    }
  }
}

/// How much one batch may hold.
struct BatchRoom {
  private var bytes: Int
  private var records: Int

  init(_ limits: LokiLimits) {
    bytes = limits.maximumBatchBytes
    records = limits.maximumBatchRecords
  }

  /// Whether one more goes in. The first always does.
  mutating func admits(_ slot: EntrySlot, into count: Int) -> Bool {
    bytes -= slot.entry.count
    records -= 1
    return count == 0 || (bytes >= 0 && records >= 0)
  }
}
