import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_bcache_*`: `/sys/fs/bcache/UUID` (https://docs.kernel.org/admin-guide/bcache.html): 10 files a cache set, 9 a
/// backing device, 3 a cache device. `priority_stats` walks all buckets in the kernel, hence a flag of its own. Where
/// there is no bcache there are no series, and that is a success.
struct BcacheCollector: NodeCollector {
  let name = "bcache"
  let help = "Cachés de bloques (bcache)."

  private static let priority = Flag(
    "collector.bcache.priorityStats", .toggle, "Exporta también priority_stats, que le cuesta al kernel.")
  static let flags = [priority]

  private typealias Families = Host.Bcache
  private let hasPriority: Bool

  init(_ flags: FlagValues) { hasPriority = flags.isOn(Self.priority) }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("fs/bcache")
    // `register` and its like are beside the cache sets.
    for uuid in (try? host.entries(of: root)) ?? [] where uuid.utf8.contains(UInt8(ascii: "-")) {
      let (set, path) = (Families.Set(uuid), "\(root)/\(uuid)")
      for (file, family) in Self.setFiles {
        if let value = Self.value("\(path)/\(file)", host) { batch.add(family, labelValues: [uuid], value) }
      }
      if let nanoseconds = Self.value("\(path)/internal/btree_read_average_duration_us", host) {
        // Nanoseconds, whatever the file is called (`print_time_stats` of the kernel).
        batch.add(Families.btreeReadAverageDurationSeconds, set, nanoseconds * 1e-9)
      }
      for device in (try? host.entries(of: path)) ?? [] {
        if Self.isNumbered(device, behind: "bdev") {
          addBacking(device, of: set, "\(path)/\(device)", host, into: &batch)
        } else if Self.isNumbered(device, behind: "cache") {
          addCache(device, of: set, "\(path)/\(device)", host, into: &batch)
        }
      }
    }
  }

  private func addBacking(
    _ name: String, of set: Families.Set, _ path: String, _ host: NodeHost, into batch: inout SampleBatch
  ) {
    let labels = Pair(set, Families.BackingDevice(name))
    if let dirty = Self.value("\(path)/dirty_data", host) { batch.add(Families.dirtyDataBytes, labels, dirty) }
    try? host.withBytes(of: "\(path)/writeback_rate_debug") { text in
      text.forEachLine { line in
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        guard let family = Self.writeback.first(where: { line.part(0..<colon) == $0.word })?.family else { return }
        var value = line.part((colon + 1)..<line.count).trimmed
        if let slash = value.firstIndex(of: "/sec") { value = value.part(0..<slash) }
        if let value = HumanNumber.bcache(value) { batch.add(family, labels, value) }
      }
    }
    for (file, family) in Self.totals {
      guard let value = Self.value("\(path)/stats_total/\(file)", host) else { continue }
      // Kernels since 5.9 count no read-ahead; the standard exporter leaves a 0 out.
      if file == "cache_readaheads", value == 0 { continue }
      batch.add(family, labels, value)
    }
  }

  private func addCache(
    _ name: String, of set: Families.Set, _ path: String, _ host: NodeHost, into batch: inout SampleBatch
  ) {
    let labels = Pair(set, Families.CacheDevice(name))
    if let value = Self.value("\(path)/io_errors", host) { batch.add(Families.ioErrors, labels, value) }
    if let value = Self.value("\(path)/metadata_written", host) {
      batch.add(Families.metadataWrittenBytes, labels, value)
    }
    if let value = Self.value("\(path)/written", host) { batch.add(Families.writtenBytes, labels, value) }
    guard hasPriority else { return }
    try? host.withBytes(of: "\(path)/priority_stats") { text in
      text.forEachLine { line in
        var fields = line.fields
        guard let word = fields.next(), let percent = fields.next()?.firstNumber else { return }
        if word == "Unused:" { batch.add(Families.priorityStatsUnusedPercent, labels, Double(percent)) }
        if word == "Metadata:" { batch.add(Families.priorityStatsMetadataPercent, labels, Double(percent)) }
      }
    }
  }

  private static func value(_ path: String, _ host: NodeHost) -> Double? {
    (try? host.withBytes(of: path, HumanNumber.bcache)) ?? nil
  }

  private static func isNumbered(_ name: String, behind prefix: String) -> Bool {
    name.hasPrefix(prefix) && name.utf8.dropFirst(prefix.utf8.count).first.map { $0 &- UInt8(ascii: "0") < 10 } == true
  }

  private static let setFiles: [(String, FamilyDescriptor)] = [
    ("average_key_size", Families.averageKeySizeSectors.descriptor),
    ("btree_cache_size", Families.btreeCacheSizeBytes.descriptor),
    ("cache_available_percent", Families.cacheAvailablePercent.descriptor),
    ("congested", Families.congested.descriptor), ("root_usage_percent", Families.rootUsagePercent.descriptor),
    ("tree_depth", Families.treeDepth.descriptor),
    ("internal/active_journal_entries", Families.activeJournalEntries.descriptor),
    ("internal/btree_nodes", Families.btreeNodes.descriptor),
    ("internal/cache_read_races", Families.cacheReadRaces.descriptor),
  ]

  private typealias BackingFamily<Kind: ScalarKind> = Family<Kind, Pair<Families.Set, Families.BackingDevice>>

  private static let writeback: [(word: StaticString, family: BackingFamily<Gauge>)] = [
    ("target", Families.dirtyTargetBytes), ("rate", Families.writebackRate),
    ("proportional", Families.writebackRateProportionalTerm), ("integral", Families.writebackRateIntegralTerm),
    ("change", Families.writebackChange),
  ]

  private static let totals: [(String, BackingFamily<Counter>)] = [
    ("bypassed", Families.bypassedBytes), ("cache_hits", Families.cacheHits), ("cache_misses", Families.cacheMisses),
    ("cache_bypass_hits", Families.cacheBypassHits), ("cache_bypass_misses", Families.cacheBypassMisses),
    ("cache_miss_collisions", Families.cacheMissCollisions), ("cache_readaheads", Families.cacheReadaheads),
  ]
}
