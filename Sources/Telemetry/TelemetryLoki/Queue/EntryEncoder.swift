import Logging
import Telemetry

/// Records as entries of Loki's push request:
///
///     message EntryAdapter {
///       google.protobuf.Timestamp timestamp = 1;    // { int64 seconds = 1; int32 nanos = 2; }
///       string line = 2;
///       repeated LabelPairAdapter structuredMetadata = 3;    // { string name = 1; string value = 2; }
///     }
///
/// https://github.com/grafana/loki/blob/main/pkg/push/push.proto
struct EntryEncoder {
  /// The first that is given out; there is room for what a disk holds before it.
  static let firstSequence = 1 << 40

  let labels: StreamLabels
  private let metadataKeys: [(key: String, name: String)]
  private let maximumLineBytes: Int
  private let maximumValueBytes: Int
  private var nextSequence = Self.firstSequence

  init(_ configuration: LokiConfiguration) {
    labels = configuration.labels
    metadataKeys = configuration.structuredMetadataKeys.filter { !$0.isEmpty }.map { ($0, Self.labelName($0)) }
    maximumLineBytes = max(1, configuration.limits.maximumLineBytes)
    maximumValueBytes = max(1, configuration.limits.maximumMetadataValueBytes)
  }

  /// - Returns: the records as a block, and how many lines were cut.
  mutating func encode(_ records: [LogRecord]) -> (block: EntryBlock, truncatedCount: Int) {
    var block = EntryBlock(labels: labels)
    var truncatedCount = 0
    block.bytes.reserveCapacity(records.reduce(0) { $0 + $1.line.count + 160 })
    block.slots.reserveCapacity(records.count)
    for record in records {
      let start = block.bytes.count
      Frame.begin(&block.bytes)
      if append(record, to: &block.bytes) { truncatedCount += 1 }
      Frame.seal(&block.bytes, from: start, sequence: nextSequence, level: record.level.code, time: record.time)
      block.slots.append(
        EntrySlot(
          sequence: nextSequence, level: record.level, time: record.time, frame: start..<block.bytes.count))
      nextSequence += 1
    }
    return (block, truncatedCount)
  }

  /// - Returns: whether the line was cut.
  private func append(_ record: LogRecord, to bytes: inout [UInt8]) -> Bool {
    let (seconds, nanoseconds) = (record.time.seconds, record.time.nanoseconds)
    let timeByteCount = 2 + Protobuf.varintByteCount(seconds) + Protobuf.varintByteCount(nanoseconds)
    Protobuf.appendHeader(field: 1, byteCount: timeByteCount, to: &bytes)
    Protobuf.appendVarint(field: 1, seconds, to: &bytes)
    Protobuf.appendVarint(field: 2, nanoseconds, to: &bytes)
    let line = record.line.last == UInt8(ascii: "\n") ? record.line.dropLast() : record.line[...]
    let cut = Self.cut(line, to: maximumLineBytes)
    Protobuf.appendHeader(field: 2, byteCount: cut.count, to: &bytes)
    bytes += cut
    for (key, name) in metadataKeys {
      if key == "logger" {
        append(name, record.logger, to: &bytes)
      } else if let value = record.metadata[key] {
        append(name, value.description, to: &bytes)
      }
    }
    return cut.count < line.count
  }

  private func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
    var value = value
    value.withUTF8 { utf8 in
      if utf8.isEmpty { return }
      let cut = Self.cut(utf8[...], to: maximumValueBytes)
      let count = Protobuf.fieldByteCount(name.utf8.count) + Protobuf.fieldByteCount(cut.count)
      Protobuf.appendHeader(field: 3, byteCount: count, to: &bytes)
      Protobuf.appendHeader(field: 1, byteCount: name.utf8.count, to: &bytes)
      bytes += name.utf8
      Protobuf.appendHeader(field: 2, byteCount: cut.count, to: &bytes)
      bytes += cut
    }
  }

  /// At most so many bytes, and no half of a character.
  private static func cut<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes, to maximum: Int) -> Bytes.SubSequence
  where Bytes.Index == Int {
    guard bytes.count > maximum else { return bytes[...] }
    var end = bytes.startIndex + maximum
    while end > bytes.startIndex, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return bytes[..<end]
  }

  /// Structured metadata is named as labels are: `[a-zA-Z_][a-zA-Z0-9_]*`.
  private static func labelName(_ key: String) -> String {
    let name = key.unicodeScalars.map {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) ? $0 : "_"
    }
    let text = String(String.UnicodeScalarView(name))
    return text.first?.isNumber == true ? "_" + text : text
  }
}
