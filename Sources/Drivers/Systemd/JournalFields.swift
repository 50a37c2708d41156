import Logging
import Telemetry

/// A record as journald's fields (systemd.journal-fields(7)): `NAME=value`, one after the other in one buffer.
///
/// `MESSAGE`, `PRIORITY` and `SYSLOG_IDENTIFIER` are journald's own. `SERVICE` and `LOGGER` are as in a line of JSON.
/// `TIMESTAMP_NANOSECONDS`, since the epoch, is the record's time: journald's is when it received it. Metadata follows
/// in the order of its keys, each under a name of `JournalFieldNames`.
struct JournalFields {
  /// Far below the 1024 fields past which journald refuses an entry (`ENTRY_FIELD_COUNT_MAX`); of metadata past it
  /// `METADATA_OMITTED` says how many there were.
  static let maximumMetadataFields = 128
  /// Of one value; a longer one is cut, and says so at its end. Past the size of a datagram libsystemd passes an entry
  /// in a memfd.
  static let maximumValueBytes = 256 << 10

  private(set) var bytes: [UInt8] = []
  /// Of each field in `bytes`.
  private(set) var ranges: [Range<Int>] = []

  init(_ record: LogRecord, service: String, identifier: String) {
    bytes.reserveCapacity(512)
    append("MESSAGE", record.message)
    append("PRIORITY", Self.priority(of: record.level))
    append("SYSLOG_IDENTIFIER", identifier)
    append("SERVICE", service)
    append("LOGGER", record.logger)
    append("TIMESTAMP_NANOSECONDS", Self.nanoseconds(of: record.time))
    var names = JournalFieldNames()
    for (key, value) in record.metadata.sorted(by: { $0.key < $1.key }).prefix(Self.maximumMetadataFields) {
      append(names.name(for: key), MetadataText.of(value))
    }
    let omitted = record.metadata.count - Self.maximumMetadataFields
    if omitted > 0 { append("METADATA_OMITTED", String(omitted)) }
  }

  private mutating func append(_ name: String, _ value: String) {
    let start = bytes.count
    bytes += name.utf8
    bytes.append(UInt8(ascii: "="))
    if value.utf8.count <= Self.maximumValueBytes {
      bytes += value.utf8
    } else {
      var end = value.utf8.index(value.startIndex, offsetBy: Self.maximumValueBytes)
      // Not inside a character: what remains must be UTF-8.
      while value.utf8[end] & 0xC0 == 0x80 { end = value.utf8.index(before: end) }
      bytes += value.utf8[..<end]
      bytes += " [cut: \(value.utf8.count) bytes]".utf8
    }
    ranges.append(start..<bytes.count)
  }

  /// syslog(3).
  static func priority(of level: Logger.Level) -> String {
    switch level {
    case .trace, .debug: "7"
    case .info: "6"
    case .notice: "5"
    case .warning: "4"
    case .error: "3"
    case .critical: "2"
    }
  }

  private static func nanoseconds(of time: Timestamp) -> String {
    String(Int128(time.seconds) * 1_000_000_000 + Int128(time.nanoseconds))
  }
}
