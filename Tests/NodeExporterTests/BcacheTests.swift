import ExporterKit
import Testing

@testable import NodeExporter

@Suite("bcache")
struct BcacheTests {
  private static let set = "sys/fs/bcache/de-ad"
  private static let files = [
    "\(set)/average_key_size": "25\n", "\(set)/btree_cache_size": "2.0k\n", "\(set)/cache_available_percent": "99\n",
    "\(set)/congested": "0\n", "\(set)/root_usage_percent": "3\n", "\(set)/tree_depth": "2\n",
    "\(set)/internal/active_journal_entries": "7\n", "\(set)/internal/btree_nodes": "11\n",
    "\(set)/internal/btree_read_average_duration_us": "1305\n", "\(set)/internal/cache_read_races": "13\n",
    "\(set)/bdev0/dirty_data": "1.0M\n",
    "\(set)/bdev0/writeback_rate_debug":
      "rate:\t\t4.0k/sec\ndirty:\t\t20.4G\ntarget:\t\t8.0M\nproportional:\t-4.0k\nintegral:\t790\nchange:\t\t-1.0k/sec\n"
      + "next io:\t17ms\n",
    "\(set)/bdev0/stats_total/bypassed": "4.0k\n", "\(set)/bdev0/stats_total/cache_hits": "546\n",
    "\(set)/bdev0/stats_total/cache_misses": "1\n", "\(set)/bdev0/stats_total/cache_bypass_hits": "2\n",
    "\(set)/bdev0/stats_total/cache_bypass_misses": "3\n", "\(set)/bdev0/stats_total/cache_miss_collisions": "4\n",
    "\(set)/bdev0/stats_total/cache_readaheads": "0\n",
    "\(set)/cache0/io_errors": "5\n", "\(set)/cache0/metadata_written": "512\n", "\(set)/cache0/written": "1.0G\n",
    "\(set)/cache0/priority_stats": "Unused:\t\t90%\nClean:\t\t4%\nMetadata:\t6%\nAverage:\t1\n",
    "sys/fs/bcache/register": "",
  ]

  @Test("a set, its backing device and its cache device")
  func all() throws {
    let series = try StorageTree(Self.files).series(BcacheCollector(.none))
    let (set, backing, cache) = ("uuid=\"de-ad\"", "backing_device=\"bdev0\"", "cache_device=\"cache0\"")
    let expected: [String: Double] = [
      "average_key_size_sectors{\(set)}": 25, "btree_cache_size_bytes{\(set)}": 2048,
      "cache_available_percent{\(set)}": 99, "congested{\(set)}": 0, "root_usage_percent{\(set)}": 3,
      "tree_depth{\(set)}": 2, "active_journal_entries{\(set)}": 7, "btree_nodes{\(set)}": 11,
      "btree_read_average_duration_seconds{\(set)}": 1305 * 1e-9, "cache_read_races_total{\(set)}": 13,
      "dirty_data_bytes{\(backing),\(set)}": 1_048_576, "dirty_target_bytes{\(backing),\(set)}": 8_388_608,
      "writeback_rate{\(backing),\(set)}": 4096, "writeback_rate_proportional_term{\(backing),\(set)}": -4096,
      "writeback_rate_integral_term{\(backing),\(set)}": 790, "writeback_change{\(backing),\(set)}": -1024,
      "bypassed_bytes_total{\(backing),\(set)}": 4096, "cache_hits_total{\(backing),\(set)}": 546,
      "cache_misses_total{\(backing),\(set)}": 1, "cache_bypass_hits_total{\(backing),\(set)}": 2,
      "cache_bypass_misses_total{\(backing),\(set)}": 3, "cache_miss_collisions_total{\(backing),\(set)}": 4,
      "io_errors{\(cache),\(set)}": 5, "metadata_written_bytes_total{\(cache),\(set)}": 512,
      "written_bytes_total{\(cache),\(set)}": 1_073_741_824,
    ]
    #expect(series == Dictionary(uniqueKeysWithValues: expected.map { ("node_bcache_" + $0.key, $0.value) }))
  }

  @Test("a flag adds what costs the kernel a walk over all buckets")
  func priority() throws {
    let flags = try flagValues(["--collector.bcache.priorityStats"], of: BcacheCollector.flags)
    let series = try StorageTree(Self.files).series(BcacheCollector(flags))
    let labels = "{cache_device=\"cache0\",uuid=\"de-ad\"}"
    #expect(series["node_bcache_priority_stats_unused_percent\(labels)"] == 90)
    #expect(series["node_bcache_priority_stats_metadata_percent\(labels)"] == 6)
    #expect(series.count == 27)
  }

  @Test("read-ahead is exported once there was some")
  func readahead() throws {
    var files = Self.files
    files["\(Self.set)/bdev0/stats_total/cache_readaheads"] = "13\n"
    let series = try StorageTree(files).series(BcacheCollector(.none))
    #expect(series["node_bcache_cache_readaheads_total{backing_device=\"bdev0\",uuid=\"de-ad\"}"] == 13)
  }

  @Test("a host without bcache has no series, and that is a success")
  func absent() throws {
    #expect(try StorageTree().series(BcacheCollector(.none)) == [:])
  }
}
