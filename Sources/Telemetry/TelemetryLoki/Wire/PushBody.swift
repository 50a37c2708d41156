import CSnappy
import Logging

/// The body of a push request, from a block's records. Each level is a stream, in which entries are in order of time.
enum PushBody {
  static func contentType(_ format: LokiConfiguration.Format) -> String {
    format == .protobuf ? "application/x-protobuf" : "application/json"
  }

  static func encode(_ slots: ArraySlice<EntrySlot>, of block: EntryBlock, _ format: LokiConfiguration.Format)
    -> [UInt8]
  {
    let streams = streams(slots)
    return switch format {
    case .protobuf: snappy(protobuf(streams, of: block))
    case .json: JSONPush.encode(streams, of: block)
    }
  }

  /// Levels by severity; records of one time stay in their order.
  private static func streams(_ slots: ArraySlice<EntrySlot>) -> [(level: Logger.Level, slots: [EntrySlot])] {
    Logger.Level.byCode.compactMap { level in
      let own = slots.filter { $0.level == level }
      if own.isEmpty { return nil }
      let isSorted = zip(own, own.dropFirst()).allSatisfy { $0.time <= $1.time }
      return (level, isSorted ? own : own.sorted { ($0.time, $0.sequence) < ($1.time, $1.sequence) })
    }
  }

  /// `message PushRequest { repeated StreamAdapter streams = 1; }`,
  /// `message StreamAdapter { string labels = 1; repeated EntryAdapter entries = 2; }`.
  private static func protobuf(
    _ streams: [(level: Logger.Level, slots: [EntrySlot])], of block: EntryBlock
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for (level, slots) in streams {
      let labels = Array(block.labels.text(level: level).utf8)
      let count = slots.reduce(Protobuf.fieldByteCount(labels.count)) {
        $0 + Protobuf.fieldByteCount($1.entry.count)
      }
      bytes.reserveCapacity(bytes.count + Protobuf.fieldByteCount(count))
      Protobuf.appendHeader(field: 1, byteCount: count, to: &bytes)
      Protobuf.appendHeader(field: 1, byteCount: labels.count, to: &bytes)
      bytes += labels
      for slot in slots {
        Protobuf.appendHeader(field: 2, byteCount: slot.entry.count, to: &bytes)
        bytes += block.bytes[slot.entry]
      }
    }
    return bytes
  }

  /// Snappy's block format (https://github.com/google/snappy/blob/main/format_description.txt).
  private static func snappy(_ bytes: [UInt8]) -> [UInt8] {
    let room = snappy_max_compressed_length(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: room) { output, count in
      count = room
      bytes.withUnsafeBytes { input in
        // It can only fail for want of room, and that is as much as it may need.
        _ = snappy_compress(
          input.baseAddress?.assumingMemoryBound(to: CChar.self), input.count,
          UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self), &count)
      }
    }
  }
}
