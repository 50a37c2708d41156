import ExporterKit
import Testing

@testable import NodeExporter

@Suite("dmmultipath")
struct DmmultipathTests {
  @Test("a device with a path that works, one that does not, and one that does not say")
  func all() throws {
    let series = try StorageTree([
      "sys/block/dm-5/dm/uuid": "mpath-36\n", "sys/block/dm-5/dm/name": "mpatha\n",
      "sys/block/dm-5/dm/suspended": "0\n",
      "sys/block/dm-5/size": "2048\n", "sys/block/dm-5/slaves/sda/": "", "sys/block/dm-5/slaves/sdb/": "",
      "sys/block/dm-5/slaves/nvme0n1/": "", "sys/block/dm-5/slaves/sdc/": "",
      "sys/block/sda/device/state": "running\n", "sys/block/sdb/device/state": "offline\n",
      "sys/block/nvme0n1/device/state": "live\n", "sys/block/dm-6/dm/uuid": "LVM-1\n", "sys/block/dm-6/dm/name": "x\n",
      "sys/block/dm-7/dm/uuid": "mpath-37\n", "sys/block/dm-7/dm/name": "mpathb\n",
      "sys/block/dm-7/dm/suspended": "1\n",
    ]).series(DmmultipathCollector(.none))
    let (first, second) = ("{device=\"mpatha\",sysfs_name=\"dm-5\"}", "{device=\"mpathb\",sysfs_name=\"dm-7\"}")
    let expected: [String: Double] = [
      "device_info{device=\"mpatha\",sysfs_name=\"dm-5\",uuid=\"mpath-36\"}": 1, "device_active\(first)": 1,
      "device_size_bytes\(first)": 1_048_576, "device_paths\(first)": 4, "device_paths_active\(first)": 2,
      "device_paths_failed\(first)": 2, "path_state{device=\"mpatha\",path=\"sda\",state=\"running\"}": 1,
      "path_state{device=\"mpatha\",path=\"sdb\",state=\"offline\"}": 1,
      "path_state{device=\"mpatha\",path=\"nvme0n1\",state=\"live\"}": 1,
      "path_state{device=\"mpatha\",path=\"sdc\",state=\"unknown\"}": 1,
      "device_info{device=\"mpathb\",sysfs_name=\"dm-7\",uuid=\"mpath-37\"}": 1, "device_active\(second)": 0,
      "device_paths\(second)": 0, "device_paths_active\(second)": 0, "device_paths_failed\(second)": 0,
    ]
    #expect(series == Dictionary(uniqueKeysWithValues: expected.map { ("node_dmmultipath_" + $0.key, $0.value) }))
  }

  @Test("a host without multipath has no series, and that is a success; one without block devices nothing to read")
  func absent() throws {
    #expect(try StorageTree(["sys/block/sda/size": "1\n"]).series(DmmultipathCollector(.none)) == [:])
    #expect(throws: NothingToRead.self) { try StorageTree().series(DmmultipathCollector(.none)) }
  }
}
