import ExporterKit
import MetricModel
import Telemetry
import Testing

@testable import NodeExporter

@Suite("zfs")
struct ZfsTests {
  private static let root = "proc/spl/kstat/zfs"

  private func series(_ files: [String: String]) throws -> [String: Double] {
    try StorageTree(files).series(ZfsCollector(.none))
  }

  @Test("statistics of the module are called after their file and their name")
  func module() throws {
    let series = try series([
      "\(Self.root)/arcstats": """
      13 1 0x01 123 33456 1 2
      name                            type data
      hits                            4    17
      memory_available_bytes          3    -5
      text                            7    8
      huge                            4    18446744073709551615
      broken                          4    x
      short 4

      """,
      "\(Self.root)/fm": "0 1 0x01 4 192 8 3\nname type data\nerpt-dropped 4 18\n",
      "\(Self.root)/vdev_raidz_bench": "name type data\nx 4 1\n",
    ])
    #expect(
      series == [
        "node_zfs_arc_hits": 17, "node_zfs_arc_memory_available_bytes": -5, "node_zfs_arc_huge": 0x1p64,
        "node_zfs_fm_erpt_dropped": 18,
      ])
  }

  @Test("each family says where its number is from")
  func help() throws {
    let tree = try StorageTree(["\(Self.root)/dnodestats": "1 1\nname type data\ndnode_allocate 4 1\n"])
    let family = try #require(try tree.batch(ZfsCollector(.none)).families.first).descriptor
    #expect(family.name == "node_zfs_dnode_dnode_allocate")
    #expect(family.help == "kstat.zfs.misc.dnodestats.dnode_allocate")
    #expect(family.kind == .unknown)
  }

  @Test("a pool has its transfers, its state and its datasets, whatever their names")
  func pool() throws {
    let series = try series([
      "\(Self.root)/tanque/io": """
      12 3 0x00 1 80 79205351707403 395818011156865
      nread    nwritten reads    writes   wtime    wlentime wupdate  rtime    rlentime rupdate  wcnt     rcnt
      1884160  3206144  22       132      1        2        3        4        5        6        7        8

      """,
      "\(Self.root)/tanque/state": "DEGRADED\n",
      "\(Self.root)/tanque/objset-0x36": """
      23 1 0x01 7 2160 221578688875 6665999035587
      name                            type data
      dataset_name                    7    tanque/con  blancos
      writes                          4    4
      nread                           4    28

      """,
      "\(Self.root)/tanque/txgs": "x\n",
    ])
    #expect(series["node_zfs_zpool_nread{zpool=\"tanque\"}"] == 1_884_160)
    #expect(series["node_zfs_zpool_rcnt{zpool=\"tanque\"}"] == 8)
    #expect(series["node_zfs_zpool_state{state=\"degraded\",zpool=\"tanque\"}"] == 1)
    #expect(series["node_zfs_zpool_state{state=\"online\",zpool=\"tanque\"}"] == 0)
    #expect(series["node_zfs_zpool_dataset_writes{dataset=\"tanque/con  blancos\",zpool=\"tanque\"}"] == 4)
    #expect(series["node_zfs_zpool_dataset_nread{dataset=\"tanque/con  blancos\",zpool=\"tanque\"}"] == 28)
    #expect(series.count == 12 + 7 + 2)
  }

  @Test("a host without the module has nothing to read")
  func absent() {
    #expect(throws: NothingToRead.self) { try series([:]) }
  }
}
