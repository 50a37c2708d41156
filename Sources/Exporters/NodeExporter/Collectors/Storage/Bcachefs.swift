import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_bcachefs_*`: `/sys/fs/bcachefs/UUID` (`fs/bcachefs/sysfs.c`; the project's Principles of Operation, "Sysfs
/// interface"). Some 130 files a file system, most of them one counter each.
struct BcachefsCollector: NodeCollector {
  let name = "bcachefs"
  let help = "Sistemas de archivos bcachefs."

  private typealias Families = Host.Bcachefs

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("fs/bcachefs")
    let uuids = try host.ifPresent(root, { try host.entries(of: root) })
    guard !uuids.isEmpty else { throw NothingToRead(root) }
    for uuid in uuids {
      let path = "\(root)/\(uuid)"
      guard let entries = try? host.entries(of: path) else { continue }
      let label = Families.UUID(uuid)
      batch.add(Families.info, label, 1)
      let cacheBytes = (try? host.withBytes(of: "\(path)/btree_cache_size", HumanNumber.decimal)) ?? nil
      batch.add(Families.btreeCacheSizeBytes, label, cacheBytes ?? 0)
      addTables(of: label, path, host, into: &batch)
      addCounters(of: label, "\(path)/counters", host, into: &batch)
      for entry in entries where entry.hasPrefix("dev-") {
        addDevice(String(entry.dropFirst("dev-".count)), of: label, "\(path)/\(entry)", host, into: &batch)
      }
    }
  }

  private func addTables(of uuid: Families.UUID, _ path: String, _ host: NodeHost, into batch: inout SampleBatch) {
    forEachRow(of: "\(path)/compression_stats", host, hasHead: true) { algorithm, first, second in
      guard let compressed = HumanNumber.decimal(first), let whole = HumanNumber.decimal(second) else { return }
      let labels = Pair(uuid, Families.Algorithm(algorithm))
      batch.add(Families.compressionCompressedBytes, labels, compressed)
      batch.add(Families.compressionUncompressedBytes, labels, whole)
    }
    forEachRow(of: "\(path)/errors", host, hasHead: false) { kind, count, _ in
      if let count = count.unsigned { batch.add(Families.errors, Pair(uuid, .init(kind)), Double(count)) }
    }
    forEachRow(of: "\(path)/btree_write_stats", host, hasHead: true) { kind, count, size in
      guard let count = count.unsigned, let bytes = HumanNumber.decimal(size) else { return }
      let labels = Pair(uuid, Families.Kind(kind))
      batch.add(Families.btreeWrites, labels, Double(count))
      batch.add(Families.btreeWriteAverageSizeBytes, labels, bytes)
    }
  }

  /// - Parameter body: takes the first word without its colon, and the two behind it, of which the last may be empty.
  private func forEachRow(
    of path: String, _ host: NodeHost, hasHead: Bool, _ body: (String, Bytes, Bytes) -> Void
  ) {
    try? host.withBytes(of: path) { text in
      var isHead = hasHead
      text.forEachLine { line in
        defer { isHead = false }
        var fields = line.fields
        guard !isHead, let word = fields.next(), let first = fields.next() else { return }
        let hasColon = word[word.count - 1] == UInt8(ascii: ":")
        let second = fields.next() ?? first.part(0..<0)
        body(word.part(0..<(word.count - (hasColon ? 1 : 0))).string, first, second)
      }
    }
  }

  private func addCounters(of uuid: Families.UUID, _ path: String, _ host: NodeHost, into batch: inout SampleBatch) {
    for counter in (try? host.entries(of: path)) ?? [] {
      try? host.withBytes(of: "\(path)/\(counter)") { text in
        text.forEachLine { line in
          guard let value = Self.value(behind: "since filesystem creation:", line) else { return }
          batch.add(Families.counter(counter), labelValues: uuid.labelValues, value)
        }
      }
    }
  }

  private static func value(behind prefix: StaticString, _ line: Bytes) -> Double? {
    line.hasPrefix(prefix) ? HumanNumber.decimal(line.part(prefix.utf8CodeUnitCount..<line.count)) : nil
  }

  private func addDevice(
    _ name: String, of uuid: Families.UUID, _ path: String, _ host: NodeHost, into batch: inout SampleBatch
  ) {
    let device = Host.Device(name)
    let (label, state) = (host.text("\(path)/label") ?? "", host.text("\(path)/state") ?? "")
    batch.add(Families.deviceInfo, .init(uuid: uuid.labelValue, device: name, label: label, state: state), 1)
    if let bytes = (try? host.withBytes(of: "\(path)/bucket_size", HumanNumber.decimal)) ?? nil {
      batch.add(Families.deviceBucketSizeBytes, Pair(uuid, device), bytes)
    }
    if let buckets = host.unsigned("\(path)/nbuckets") {
      batch.add(Families.deviceBuckets, Pair(uuid, device), Double(buckets))
    }
    if let durability = host.unsigned("\(path)/durability") {
      batch.add(Families.deviceDurability, Pair(uuid, device), Double(durability))
    }
    var operation: String?
    forEachPair(of: "\(path)/io_done", host) { key, value in
      if value.isEmpty {
        operation = key == "read" ? "read" : key == "write" ? "write" : nil
      } else if let operation, let bytes = value.unsigned {
        let labels = Families.DeviceIO(uuid: uuid.labelValue, device: name, operation: operation, dataType: key.string)
        batch.add(Families.deviceIoDoneBytes, labels, Double(bytes))
      }
    }
    var isSinceCreation = false
    forEachPair(of: "\(path)/io_errors", host) { key, value in
      if key.hasPrefix("IO errors since ") {
        isSinceCreation = key.hasPrefix("IO errors since filesystem creation")
      } else if isSinceCreation, let errors = value.unsigned {
        batch.add(Families.deviceIoErrors, Triple(uuid, device, .init(key.string)), Double(errors))
      }
    }
  }

  /// Lines `key: value`, without white space around either; a line without a colon has an empty value.
  private func forEachPair(of path: String, _ host: NodeHost, _ body: (Bytes, Bytes) -> Void) {
    try? host.withBytes(of: path) { text in
      text.forEachLine { line in
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        body(line.part(0..<colon).trimmed, line.part((colon + 1)..<max(colon + 1, line.count)).trimmed)
      }
    }
  }
}
