import ExporterKit
import Testing

@testable import NodeExporter

@Suite("bcachefs")
struct BcachefsTests {
  private static let root = "sys/fs/bcachefs/ab-cd"

  @Test("tables, counters and devices of a file system")
  func all() throws {
    let series = try StorageTree([
      "\(Self.root)/btree_cache_size": "2.5M\n",
      "\(Self.root)/compression_stats":
        "type compressed uncompressed average extent size\nlz4 1.5k 3.0k 100\nzstd: 7 8\nx\n",
      "\(Self.root)/errors": "bset_bad_csum   2   1767112063\nbroken x\n",
      "\(Self.root)/btree_write_stats": "  nr size\ninitial: 33 100k\n",
      "\(Self.root)/counters/copygc": "since mount: 7\nsince filesystem creation:     424790\n",
      "\(Self.root)/counters/data-read": "since filesystem creation: 1.5T\n", "\(Self.root)/counters/odd": "nothing\n",
      "\(Self.root)/dev-3/label": "disco-3\n", "\(Self.root)/dev-3/state": "[rw] ro\n",
      "\(Self.root)/dev-3/bucket_size": "512k\n", "\(Self.root)/dev-3/nbuckets": "9\n",
      "\(Self.root)/dev-3/durability": "1\n",
      "\(Self.root)/dev-3/io_done": "read:\nsb : 5\njournal : x\nwrite:\nsb : 6\nerase:\nsb : 7\n",
      "\(Self.root)/dev-3/io_errors":
        "IO errors since filesystem creation\n  read:    2\n  checksum:5\nIO errors since 8 y ago\n  read:    1\n",
    ]).series(BcachefsCollector(.none))
    let (uuid, device) = ("uuid=\"ab-cd\"", "device=\"3\"")
    let expected: [String: Double] = [
      "info{\(uuid)}": 1, "btree_cache_size_bytes{\(uuid)}": 2_621_440,
      "compression_compressed_bytes{algorithm=\"lz4\",\(uuid)}": 1536,
      "compression_uncompressed_bytes{algorithm=\"lz4\",\(uuid)}": 3072,
      "compression_compressed_bytes{algorithm=\"zstd\",\(uuid)}": 7,
      "compression_uncompressed_bytes{algorithm=\"zstd\",\(uuid)}": 8,
      "errors_total{error_type=\"bset_bad_csum\",\(uuid)}": 2, "btree_writes_total{type=\"initial\",\(uuid)}": 33,
      "btree_write_average_size_bytes{type=\"initial\",\(uuid)}": 102_400, "copygc_total{\(uuid)}": 424_790,
      "data_read_total{\(uuid)}": 0x1.8p40, "device_info{\(device),label=\"disco-3\",state=\"[rw] ro\",\(uuid)}": 1,
      "device_bucket_size_bytes{\(device),\(uuid)}": 524_288, "device_buckets{\(device),\(uuid)}": 9,
      "device_durability{\(device),\(uuid)}": 1,
      "device_io_done_bytes_total{data_type=\"sb\",\(device),operation=\"read\",\(uuid)}": 5,
      "device_io_done_bytes_total{data_type=\"sb\",\(device),operation=\"write\",\(uuid)}": 6,
      "device_io_errors_total{\(device),type=\"read\",\(uuid)}": 2,
      "device_io_errors_total{\(device),type=\"checksum\",\(uuid)}": 5,
    ]
    #expect(series == Dictionary(uniqueKeysWithValues: expected.map { ("node_bcachefs_" + $0.key, $0.value) }))
  }

  @Test("a host without bcachefs has nothing to read")
  func absent() {
    #expect(throws: NothingToRead.self) { try StorageTree().series(BcachefsCollector(.none)) }
    #expect(throws: NothingToRead.self) { try StorageTree(["sys/fs/bcachefs/": ""]).series(BcachefsCollector(.none)) }
  }
}
