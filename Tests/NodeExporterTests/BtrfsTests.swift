import ExporterKit
import Testing

@testable import NodeExporter

@Suite("btrfs")
struct BtrfsTests {
  private static let root = "sys/fs/btrfs/1111-22"

  private func series(_ files: [String: String]) throws -> [String: Double] {
    try StorageTree(files).series(BtrfsCollector(.none))
  }

  @Test("space by kind of block and mode, commits, and the size of the devices")
  func all() throws {
    let series = try series([
      "\(Self.root)/label": "datos\n", "\(Self.root)/metadata_uuid": "1111-22\n",
      "\(Self.root)/allocation/global_rsv_size": "4096\n",
      "\(Self.root)/commit_stats": "commits 7\nlast_commit_ms 20\nmax_commit_ms 1500\ntotal_commit_ms 3000\n",
      "\(Self.root)/allocation/data/bytes_reserved": "5\n",
      "\(Self.root)/allocation/data/raid5/total_bytes": "100\n",
      "\(Self.root)/allocation/data/raid5/used_bytes": "40\n",
      "\(Self.root)/allocation/metadata/bytes_reserved": "0\n",
      "\(Self.root)/allocation/metadata/raid1/total_bytes": "60\n",
      "\(Self.root)/allocation/metadata/raid1/used_bytes": "6\n",
      "\(Self.root)/devices/sda/size": "8\n", "\(Self.root)/devices/sdb/size": "16\n",
      "\(Self.root)/devices/sdc/size": "24\n", "sys/fs/btrfs/features/x": "1\n",
    ])
    let uuid = "uuid=\"1111-22\""
    let expected: [String: Double] = [
      "info{label=\"datos\",\(uuid)}": 1, "global_rsv_size_bytes{\(uuid)}": 4096, "commits_total{\(uuid)}": 7,
      "last_commit_seconds{\(uuid)}": 0.02, "max_commit_seconds{\(uuid)}": 1.5, "commit_seconds_total{\(uuid)}": 3,
      "reserved_bytes{block_group_type=\"data\",\(uuid)}": 5,
      "reserved_bytes{block_group_type=\"metadata\",\(uuid)}": 0,
      "size_bytes{block_group_type=\"data\",mode=\"raid5\",\(uuid)}": 100,
      "used_bytes{block_group_type=\"data\",mode=\"raid5\",\(uuid)}": 40,
      // Three devices: two of data and one of parity.
      "allocation_ratio{block_group_type=\"data\",mode=\"raid5\",\(uuid)}": 1.5,
      "size_bytes{block_group_type=\"metadata\",mode=\"raid1\",\(uuid)}": 60,
      "used_bytes{block_group_type=\"metadata\",mode=\"raid1\",\(uuid)}": 6,
      "allocation_ratio{block_group_type=\"metadata\",mode=\"raid1\",\(uuid)}": 2,
      "device_size_bytes{device=\"sda\",\(uuid)}": 4096, "device_size_bytes{device=\"sdb\",\(uuid)}": 8192,
      "device_size_bytes{device=\"sdc\",\(uuid)}": 12_288,
    ]
    #expect(series == Dictionary(uniqueKeysWithValues: expected.map { ("node_btrfs_" + $0.key, $0.value) }))
  }

  @Test(
    "a ratio is the copies, or the parity spread over the devices",
    arguments: [
      ("single", 3, 1), ("raid0", 3, 1), ("dup", 1, 2), ("raid10", 4, 2), ("raid1c3", 3, 3), ("raid1c4", 4, 4),
      ("raid5", 5, 1.25), ("raid6", 4, 2), ("raid5", 1, 0), ("raid6", 2, 0), ("unheard", 9, 0),
    ] as [(String, Int, Double)])
  func ratio(mode: String, devices: Int, ratio: Double) {
    #expect(BtrfsCollector.allocationRatio(of: mode, deviceCount: devices) == ratio)
  }

  @Test("a kernel before 6.1 counts no commits; without its UUID a file system is called as its directory")
  func old() throws {
    let series = try series(["\(Self.root)/label": "\n"])
    #expect(series["node_btrfs_info{label=\"\",uuid=\"1111-22\"}"] == 1)
    #expect(series["node_btrfs_commits_total{uuid=\"1111-22\"}"] == 0)
  }

  @Test("a host without btrfs has no series, and that is a success")
  func absent() throws {
    #expect(try series([:]) == [:])
    #expect(try series(["sys/fs/btrfs/features/x": "1\n"]) == [:])
  }
}

@Suite("btrfs: devices")
struct BtrfsDevicesTests {
  @Test("the calls have the numbers of linux/btrfs.h")
  func requests() {
    #expect(BtrfsRequest.fileSystemInfo.number == 0x8400_941F)
    #expect(BtrfsRequest.deviceInfo.number == 0xD000_941E)
    #expect(BtrfsRequest.deviceErrors.number == 0xC408_9434)
  }

  @Test("only mounts of btrfs are opened, and blanks in their names are written in octal")
  func mountPoints() throws {
    let tree = try StorageTree([
      "proc/1/mountinfo": """
      20 1 0:19 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      21 20 0:40 /sub /mnt/a\\040b rw shared:2 master:1 - btrfs /dev/sdb rw,space_cache
      22 20 0:41 / /mnt/nfs rw - nfs4 server:/ rw
      23 20 0:42 / /mnt/c\\134 rw - btrfs /dev/sdc rw
      24 20 0:43 / - btrfs
      25

      """,
      "proc/self/mountinfo": "26 1 0:1 / /self rw - btrfs /dev/sdd rw\n",
    ])
    #expect(BtrfsDevices.mountPoints(tree.host) == ["/mnt/a b", "/mnt/c\\"])
  }

  @Test("where the first process is hidden the own one is asked")
  func hidden() throws {
    let tree = try StorageTree(["proc/self/mountinfo": "26 1 0:1 / /self rw - btrfs /dev/sdd rw\n"])
    #expect(BtrfsDevices.mountPoints(tree.host) == ["/self"])
  }

  @Test("a directory that is no btrfs says nothing about devices")
  func noBtrfs() throws {
    let tree = try StorageTree([
      "proc/self/mountinfo": "26 1 0:1 / /x rw - btrfs /dev/sdd rw\n27 1 0:1 / /gone rw - btrfs /dev/sdd rw\n",
      "root/x/": "",
    ])
    #expect(BtrfsDevices.byFileSystem(tree.host).isEmpty)
  }
}
