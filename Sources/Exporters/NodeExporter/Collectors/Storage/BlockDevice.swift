import ExporterKit

/// One line of `/proc/diskstats`: two numbers, a name, and 11 counters, since Linux 4.18 15, since 5.5 17.
struct BlockDevice {
  /// Lines with fewer are of partitions before Linux 2.6.25, and count something else.
  private static let minimumCounters = 11
  private static let maximumCounters = 17

  let name: String
  let major: String
  let minor: String
  let counters: [UInt64]
  /// Its name as the one label value.
  let label: [String]

  /// As udev calls it: `8:16`.
  var number: String { "\(major):\(minor)" }
  /// Below `/sys/block`, where a slash of the name is an exclamation mark (`cciss/c0d0`).
  var directory: String { name.utf8.contains(UInt8(ascii: "/")) ? String(name.map { $0 == "/" ? "!" : $0 }) : name }

  /// nil for a line that is too short or has garbage, and for a device that the filter does not allow.
  init?(_ line: Bytes, allowedBy filter: NameFilter) {
    var fields = line.fields
    guard let major = fields.next()?.unsigned, let minor = fields.next()?.unsigned, let name = fields.next()?.string,
      filter.allows(name)
    else { return nil }
    var counters: [UInt64] = []
    counters.reserveCapacity(Self.maximumCounters)
    while counters.count < Self.maximumCounters, let counter = fields.next()?.unsigned { counters.append(counter) }
    guard counters.count >= Self.minimumCounters else { return nil }
    self.name = name
    self.major = String(major)
    self.minor = String(minor)
    self.counters = counters
    label = [name]
  }
}
