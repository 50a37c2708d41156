/// The names under which one record's metadata stands in the journal: of A–Z, 0–9 and `_`, at most 64 characters, and
/// beginning with a letter, since journald drops a field of any other name without a word and keeps `_` for itself.
///
/// `METADATA_` goes before a name that would not begin with a letter, and before one that means something to journald
/// or to us. A name that an earlier key of the record has gets `_2`, `_3`, ….
struct JournalFieldNames {
  /// `journal_field_valid` of systemd.
  static let maximumNameBytes = 64
  private static let prefix = "METADATA_"
  /// systemd.journal-fields(7), and what `JournalFields` writes.
  private static let reserved: Set<String> = [
    "MESSAGE", "MESSAGE_ID", "PRIORITY", "ERRNO", "INVOCATION_ID", "USER_INVOCATION_ID", "DOCUMENTATION", "TID", "UNIT",
    "USER_UNIT", "SERVICE", "LOGGER", "TIMESTAMP_NANOSECONDS", "METADATA_OMITTED",
  ]
  private static let reservedPrefixes = ["SYSLOG_", "CODE_", "OBJECT_", "COREDUMP_"]

  private var taken: Set<String> = []

  mutating func name(for key: String) -> String {
    let first = Self.cut(Self.mapped(key), suffix: "")
    var (candidate, number) = (first, 2)
    while !taken.insert(candidate).inserted {
      candidate = Self.cut(first, suffix: "_\(number)")
      number += 1
    }
    return candidate
  }

  private static func cut(_ name: String, suffix: String) -> String {
    name.prefix(maximumNameBytes - suffix.utf8.count) + suffix
  }

  private static func mapped(_ key: String) -> String {
    let upper = String(
      decoding: key.unicodeScalars.map { scalar -> UInt8 in
        switch scalar {
        case "A"..."Z", "0"..."9": UInt8(scalar.value)
        case "a"..."z": UInt8(scalar.value) & ~0x20
        default: UInt8(ascii: "_")
        }
      }, as: UTF8.self)
    let beginsWithLetter = upper.utf8.first.map { $0 >= UInt8(ascii: "A") } == true && !upper.hasPrefix("_")
    let isFree = !reserved.contains(upper) && !reservedPrefixes.contains { upper.hasPrefix($0) }
    return beginsWithLetter && isFree ? upper : prefix + upper
  }
}
