import MetricModel

extension Host {
  /// `/sys/fs/bcache/UUID`: cache sets, their backing and their cache devices.
  package enum Bcache {
    package enum SetKey: LabelKey { package static let name = "uuid" }
    package typealias Set = OpenValue<SetKey>
    package enum BackingDeviceKey: LabelKey { package static let name = "backing_device" }
    package typealias BackingDevice = OpenValue<BackingDeviceKey>
    package enum CacheDeviceKey: LabelKey { package static let name = "cache_device" }
    package typealias CacheDevice = OpenValue<CacheDeviceKey>

    package static let bypassedBytes = Family<Counter, Pair<Set, BackingDevice>>(
      "node_bcache_bypassed_bytes_total",
      "Amount of IO (both reads and writes) that has bypassed the cache.", unit: .bytes, use: parity)
    package static let cacheHits = Family<Counter, Pair<Set, BackingDevice>>(
      "node_bcache_cache_hits_total", "Hits counted per individual IO as bcache sees them.", use: parity)
    package static let cacheMisses = Family<Counter, Pair<Set, BackingDevice>>(
      "node_bcache_cache_misses_total", "Misses counted per individual IO as bcache sees them.", use: parity)
    package static let cacheBypassHits = Family<Counter, Pair<Set, BackingDevice>>(
      "node_bcache_cache_bypass_hits_total", "Hits for IO intended to skip the cache.", use: parity)
    package static let cacheBypassMisses = Family<Counter, Pair<Set, BackingDevice>>(
      "node_bcache_cache_bypass_misses_total", "Misses for IO intended to skip the cache.", use: parity)
    package static let cacheMissCollisions = Family<Counter, Pair<Set, BackingDevice>>(
      "node_bcache_cache_miss_collisions_total",
      "Instances where data insertion from cache miss raced with write (data already present).", use: parity)
    package static let cacheReadaheads = Family<Counter, Pair<Set, BackingDevice>>(
      "node_bcache_cache_readaheads_total", "Count of times readahead occurred.", use: parity)
    package static let averageKeySizeSectors = Family<Gauge, Set>(
      "node_bcache_average_key_size_sectors", "Average data per key in the btree (sectors).", use: parity)
    package static let btreeCacheSizeBytes = Family<Gauge, Set>(
      "node_bcache_btree_cache_size_bytes",
      "Amount of memory currently used by the btree cache.", unit: .bytes, use: parity)
    package static let cacheAvailablePercent = Family<Gauge, Set>(
      "node_bcache_cache_available_percent",
      "Percentage of cache device without dirty data, usable for writeback (may contain clean cached data).",
      unit: .percent, use: parity)
    package static let congested = Family<Gauge, Set>("node_bcache_congested", "Congestion.", use: parity)
    package static let rootUsagePercent = Family<Gauge, Set>(
      "node_bcache_root_usage_percent",
      "Percentage of the root btree node in use (tree depth increases if too high).", unit: .percent, use: parity)
    package static let treeDepth = Family<Gauge, Set>("node_bcache_tree_depth", "Depth of the btree.", use: parity)
    package static let activeJournalEntries = Family<Gauge, Set>(
      "node_bcache_active_journal_entries", "Number of journal entries that are newer than the index.", use: parity)
    package static let btreeNodes = Family<Gauge, Set>(
      "node_bcache_btree_nodes", "Total nodes in the btree.", use: parity)
    package static let btreeReadAverageDurationSeconds = Family<Gauge, Set>(
      "node_bcache_btree_read_average_duration_seconds", "Average btree read duration.", unit: .seconds, use: parity)
    package static let cacheReadRaces = Family<Counter, Set>(
      "node_bcache_cache_read_races_total",
      "Counts instances where while data was being read from the cache, the bucket was reused and invalidated - "
        + "i.e. where the pointer was stale after the read completed.", use: parity)
    package static let dirtyDataBytes = Family<Gauge, Pair<Set, BackingDevice>>(
      "node_bcache_dirty_data_bytes",
      "Amount of dirty data for this backing device in the cache.", unit: .bytes, use: parity)
    package static let dirtyTargetBytes = Family<Gauge, Pair<Set, BackingDevice>>(
      "node_bcache_dirty_target_bytes",
      "Current dirty data target threshold for this backing device in bytes.", unit: .bytes, use: parity)
    package static let writebackRate = Family<Gauge, Pair<Set, BackingDevice>>(
      "node_bcache_writeback_rate", "Current writeback rate for this backing device in bytes.", use: parity)
    package static let writebackRateProportionalTerm = Family<Gauge, Pair<Set, BackingDevice>>(
      "node_bcache_writeback_rate_proportional_term",
      "Current result of proportional controller, part of writeback rate", use: parity)
    package static let writebackRateIntegralTerm = Family<Gauge, Pair<Set, BackingDevice>>(
      "node_bcache_writeback_rate_integral_term",
      "Current result of integral controller, part of writeback rate", use: parity)
    package static let writebackChange = Family<Gauge, Pair<Set, BackingDevice>>(
      "node_bcache_writeback_change", "Last writeback rate change step for this backing device.", use: parity)
    package static let ioErrors = Family<Gauge, Pair<Set, CacheDevice>>(
      "node_bcache_io_errors", "Number of errors that have occurred, decayed by io_error_halflife.", use: parity)
    package static let metadataWrittenBytes = Family<Counter, Pair<Set, CacheDevice>>(
      "node_bcache_metadata_written_bytes_total",
      "Sum of all non data writes (btree writes and all other metadata).", unit: .bytes, use: parity)
    package static let writtenBytes = Family<Counter, Pair<Set, CacheDevice>>(
      "node_bcache_written_bytes_total",
      "Sum of all data that has been written to the cache.", unit: .bytes, use: parity)
    package static let priorityStatsUnusedPercent = Family<Gauge, Pair<Set, CacheDevice>>(
      "node_bcache_priority_stats_unused_percent",
      "The percentage of the cache that doesn't contain any data.", unit: .percent, use: parity)
    package static let priorityStatsMetadataPercent = Family<Gauge, Pair<Set, CacheDevice>>(
      "node_bcache_priority_stats_metadata_percent", "Bcache's metadata overhead.", unit: .percent, use: parity)

    package static let all: [FamilyDescriptor] = [
      bypassedBytes.descriptor, cacheHits.descriptor, cacheMisses.descriptor, cacheBypassHits.descriptor,
      cacheBypassMisses.descriptor, cacheMissCollisions.descriptor, cacheReadaheads.descriptor,
      averageKeySizeSectors.descriptor, btreeCacheSizeBytes.descriptor, cacheAvailablePercent.descriptor,
      congested.descriptor, rootUsagePercent.descriptor, treeDepth.descriptor, activeJournalEntries.descriptor,
      btreeNodes.descriptor, btreeReadAverageDurationSeconds.descriptor, cacheReadRaces.descriptor,
      dirtyDataBytes.descriptor, dirtyTargetBytes.descriptor, writebackRate.descriptor,
      writebackRateProportionalTerm.descriptor, writebackRateIntegralTerm.descriptor, writebackChange.descriptor,
      ioErrors.descriptor, metadataWrittenBytes.descriptor, writtenBytes.descriptor,
      priorityStatsUnusedPercent.descriptor, priorityStatsMetadataPercent.descriptor,
    ]
  }
}
