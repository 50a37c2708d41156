import ExporterKit
import Testing

@testable import NodeExporter

@Suite("mdadm")
struct MdadmTests {
  private func series(_ files: [String: String]) throws -> [String: Double] {
    try StorageTree(files).series(MdadmCollector(.none))
  }

  private func expect(
    _ series: [String: Double], _ device: String, state: String, disks: [Double], required: Double, blocks: Double,
    synced: Double
  ) {
    let states = ["active", "inactive", "recovering", "resync", "check"]
    for name in states {
      #expect(series["node_md_state{device=\"\(device)\",state=\"\(name)\"}"] == (name == state ? 1 : 0), "\(name)")
    }
    for (name, count) in zip(["active", "failed", "spare"], disks) {
      #expect(series["node_md_disks{device=\"\(device)\",state=\"\(name)\"}"] == count, "\(device) \(name)")
    }
    #expect(series["node_md_disks_required{device=\"\(device)\"}"] == required)
    #expect(series["node_md_blocks{device=\"\(device)\"}"] == blocks)
    #expect(series["node_md_blocks_synced{device=\"\(device)\"}"] == synced)
  }

  @Test("arrays that are whole, broken, rebuilt, checked, striped and stopped")
  func states() throws {
    let series = try series([
      "proc/mdstat": """
      Personalities : [raid1] [raid6] [raid0]
      md1 : active raid1 sdb1[1] sda1[0]
            1000 blocks super 1.2 [2/2] [UU]
            bitmap: 0/30 pages [0KB], 65536KB chunk

      md2 : active raid6 sdd1[3](S) sdc1[2](F) sdb1[1] sda1[0]
            4000 blocks super 1.2 level 6, 512k chunk, algorithm 2 [4/2] [UU__]
            [=>...................]  recovery =  8.5% (340/4000) finish=17.0min speed=259783K/sec

      md3 : active raid0 sdb1[1] sda1[0]
            5000 blocks super 1.2 512k chunks

      md4 : inactive sda2[0](S) sdb2[1](S)
            600 blocks super external:imsm

      md5 : active (auto-read-only) raid1 sda3[0] sdb3[1]
            700 blocks super 1.2 [2/2] [UU]
            resync=PENDING

      md6 : active raid1 sda4[0] sdb4[1]
            800 blocks super 1.2 [2/2] [UU]
            [=>....]  check =  5.0% (40/800) finish=0.2min speed=114176K/sec

      md7 : active raid5 sda5[0] sdb5[1] sdc5[2]
            900 blocks super 1.2 level 5, 64k chunk, algorithm 2 [3/3] [UUU]
            [=>....]  reshape =  5.0% (45/900) finish=0.2min speed=114176K/sec

      unused devices: <none>

      """
    ])
    expect(series, "md1", state: "active", disks: [2, 0, 0], required: 2, blocks: 1000, synced: 1000)
    expect(series, "md2", state: "recovering", disks: [2, 1, 1], required: 4, blocks: 4000, synced: 340)
    expect(series, "md3", state: "active", disks: [2, 0, 0], required: 2, blocks: 5000, synced: 5000)
    expect(series, "md4", state: "inactive", disks: [0, 0, 2], required: 0, blocks: 600, synced: 600)
    expect(series, "md5", state: "resync", disks: [2, 0, 0], required: 2, blocks: 700, synced: 0)
    expect(series, "md6", state: "check", disks: [2, 0, 0], required: 2, blocks: 800, synced: 40)
    expect(series, "md7", state: "none", disks: [3, 0, 0], required: 3, blocks: 900, synced: 45)
    #expect(series.count == 7 * 11)
  }

  @Test("an array whose lines are broken costs the others nothing")
  func broken() throws {
    let series = try series([
      "proc/mdstat": """
      md1 : active raid1 sdb1[1] sda1[0]
            no size here
      md2 : active raid1
      md3 :
      md4 : active raid1 sdb1[1] sda1[0]
            800 blocks [2/1] [U_]

      """
    ])
    expect(series, "md4", state: "active", disks: [1, 0, 0], required: 2, blocks: 800, synced: 800)
    #expect(series.count == 11)
  }

  @Test("sysfs says how many disks an array should have and how many it lacks")
  func sysfs() throws {
    let series = try series([
      "proc/mdstat": "md1 : active raid1 sda1[0]\n      10 blocks [2/1] [U_]\n",
      "sys/block/md1/md/level": "raid1\n", "sys/block/md1/md/raid_disks": "2\n", "sys/block/md1/md/degraded": "1\n",
      "sys/block/md2/md/level": "raid0\n", "sys/block/md2/md/raid_disks": "3 (2)\n",
      "sys/block/md3/md/level": "raid5\n", "sys/block/sda/size": "1\n",
    ])
    #expect(series["node_md_raid_disks{device=\"md1\"}"] == 2)
    #expect(series["node_md_degraded{device=\"md1\"}"] == 1)
    // A stripe cannot be degraded; while it grows the file has the old number behind the new one.
    #expect(series["node_md_raid_disks{device=\"md2\"}"] == 3)
    #expect(series["node_md_degraded{device=\"md2\"}"] == 0)
    #expect(series["node_md_raid_disks{device=\"md3\"}"] == nil)
  }

  @Test("a kernel without RAID has nothing to read, one without arrays no series")
  func absent() throws {
    #expect(throws: NothingToRead.self) { try series([:]) }
    #expect(try series(["proc/mdstat": "Personalities : \nunused devices: <none>\n"]) == [:])
  }
}
