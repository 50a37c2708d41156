import ExporterKit
import Testing

@testable import NodeExporter

@Suite("diskstats")
struct DiskstatsTests {
  private static let line = "   8      16 sdb 100 5 2048 1500 200 6 4096 2500 3 4000 4100 7 8 9 250 10 1250\n"

  private func series(_ files: [String: String], _ arguments: [String] = []) throws -> [String: Double] {
    let flags = try flagValues(arguments, of: DiskstatsCollector.flags)
    return try StorageTree(files).series(try DiskstatsCollector(flags))
  }

  @Test("sectors become bytes of 512, milliseconds seconds, and everything else stays as it is")
  func columns() throws {
    let series = try series(["proc/diskstats": Self.line])
    let expected = [
      "reads_completed_total": 100, "reads_merged_total": 5, "read_bytes_total": 1_048_576,
      "read_time_seconds_total": 1.5, "writes_completed_total": 200, "writes_merged_total": 6,
      "written_bytes_total": 2_097_152, "write_time_seconds_total": 2.5, "io_now": 3, "io_time_seconds_total": 4,
      "io_time_weighted_seconds_total": 4.1, "discards_completed_total": 7, "discards_merged_total": 8,
      "discarded_sectors_total": 9, "discard_time_seconds_total": 0.25, "flush_requests_total": 10,
      "flush_requests_time_seconds_total": 1.25,
    ]
    for (name, value) in expected {
      let found = try #require(series["node_disk_\(name){device=\"sdb\"}"])
      #expect(abs(found - value) < 1e-9, "\(name)")
    }
    #expect(series.count == expected.count + 1)
  }

  @Test("an older kernel has fewer columns, and each has its series")
  func fewerColumns() throws {
    let eleven = try series(["proc/diskstats": " 8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n"])
    #expect(eleven["node_disk_io_time_weighted_seconds_total{device=\"sda\"}"] == 0.011)
    #expect(eleven["node_disk_discards_completed_total{device=\"sda\"}"] == nil)
    #expect(eleven.count == 11 + 1)
    let fifteen = try series(["proc/diskstats": " 8 0 sda 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n"])
    #expect(fifteen["node_disk_discard_time_seconds_total{device=\"sda\"}"] == 0.015)
    #expect(fifteen["node_disk_flush_requests_total{device=\"sda\"}"] == nil)
  }

  @Test("a short line, garbage and a number too large harm only their own device")
  func garbage() throws {
    let series = try series([
      "proc/diskstats": " 8 1 short 1 2 3\nnonsense\n 8 x sdx 1 2 3 4 5 6 7 8 9 10 11\n\n"
        + " 8 2 huge 99999999999999999999 2 3 4 5 6 7 8 9 10 11\n" + Self.line
    ])
    #expect(Set(series.keys.compactMap { $0.split(separator: "\"").dropFirst().first }) == ["sdb"])
  }

  @Test("partitions, loop devices and RAM disks are left out, zram is not")
  func defaultFilter() throws {
    let names = [
      "ram0", "loop12", "fd0", "sda1", "vdb2", "xvda1", "nvme0n1p3", "sda", "nvme0n1", "dm-0", "zram0", "md0p1",
    ]
    let lines = names.map { " 8 0 \($0) 1 1 1 1 1 1 1 1 1 1 1\n" }.joined()
    let series = try series(["proc/diskstats": lines])
    let kept = names.filter { series["node_disk_io_now{device=\"\($0)\"}"] != nil }
    #expect(kept == ["sda", "nvme0n1", "dm-0", "zram0", "md0p1"])
  }

  @Test("the flags choose the devices, one of them at a time")
  func flags() throws {
    let lines = ["sda", "sdb", "sda1"].map { " 8 0 \($0) 1 1 1 1 1 1 1 1 1 1 1\n" }.joined()
    func kept(_ arguments: [String]) throws -> [String] {
      let series = try series(["proc/diskstats": lines], arguments)
      return ["sda", "sdb", "sda1"].filter { series["node_disk_io_now{device=\"\($0)\"}"] != nil }
    }
    #expect(try kept(["--collector.diskstats.device-include=^sda"]) == ["sda", "sda1"])
    #expect(try kept(["--collector.diskstats.device-exclude=^sda$"]) == ["sdb", "sda1"])
    #expect(try kept(["--collector.diskstats.device-exclude="]) == ["sda", "sdb", "sda1"])
    #expect(try kept(["--collector.diskstats.ignored-devices=b"]) == ["sda", "sda1"])
    #expect(throws: FlagMistake.self) {
      try kept(["--collector.diskstats.device-include=a", "--collector.diskstats.device-exclude=b"])
    }
    #expect(throws: FlagMistake.self) { try kept(["--collector.diskstats.device-include=("]) }
  }

  @Test("what udev knows becomes labels, and the serial on the disk's label wins")
  func udev() throws {
    let series = try series([
      "proc/diskstats": Self.line, "sys/block/sdb/queue/rotational": "1\n",
      "udev/b8:16": """
      S:disk/by-id/x
      E:ID_MODEL=Disco_X
      E:ID_PATH=pci-0000:00:1f.2-ata-1
      E:ID_WWN=0x5000
      E:ID_REVISION=0R
      E:ID_SERIAL=largo
      E:ID_SERIAL_SHORT=corto
      E:SCSI_IDENT_SERIAL=impreso
      E:ID_FS_TYPE=ext4
      E:ID_FS_USAGE=filesystem
      E:ID_FS_UUID=u-1
      E:ID_FS_VERSION=1.0
      G:systemd

      """,
    ])
    #expect(
      series[
        "node_disk_info{device=\"sdb\",major=\"8\",minor=\"16\",model=\"Disco_X\",path=\"pci-0000:00:1f.2-ata-1\","
          + "revision=\"0R\",rotational=\"1\",serial=\"impreso\",wwn=\"0x5000\"}"] == 1)
    #expect(
      series[
        "node_disk_filesystem_info{device=\"sdb\",type=\"ext4\",usage=\"filesystem\",uuid=\"u-1\",version=\"1.0\"}"]
        == 1)
    #expect(!series.keys.contains { $0.hasPrefix("node_disk_ata") || $0.hasPrefix("node_disk_device_mapper") })
  }

  @Test("ATA disks have their cache and speed, and a value that is no number is left out")
  func ata() throws {
    let series = try series([
      "proc/diskstats": Self.line,
      "udev/b8:16":
        "E:ID_ATA=1\nE:ID_ATA_WRITE_CACHE=1\nE:ID_ATA_WRITE_CACHE_ENABLED=?\nE:ID_ATA_ROTATION_RATE_RPM=7200\n",
    ])
    #expect(series["node_disk_ata_write_cache{device=\"sdb\"}"] == 1)
    #expect(series["node_disk_ata_rotation_rate_rpm{device=\"sdb\"}"] == 7200)
    #expect(series["node_disk_ata_write_cache_enabled{device=\"sdb\"}"] == nil)
    let without = try self.series(["proc/diskstats": Self.line, "udev/b8:16": "E:ID_ATA_WRITE_CACHE=1\n"])
    #expect(without["node_disk_ata_write_cache{device=\"sdb\"}"] == nil)
  }

  @Test("a device of the device mapper has its name and its volumes")
  func mapper() throws {
    let series = try series([
      "proc/diskstats": " 252 3 dm-3 1 1 1 1 1 1 1 1 1 1 1\n",
      "udev/b252:3": "E:DM_NAME=vg-lv\nE:DM_UUID=LVM-1\nE:DM_VG_NAME=vg\nE:DM_LV_NAME=lv\nE:DM_LV_LAYER=\n",
    ])
    #expect(
      series[
        "node_disk_device_mapper_info{device=\"dm-3\",lv_layer=\"\",lv_name=\"lv\",name=\"vg-lv\",uuid=\"LVM-1\","
          + "vg_name=\"vg\"}"] == 1)
  }

  @Test("a slash of the name is an exclamation mark in sysfs")
  func slash() throws {
    let series = try series([
      "proc/diskstats": " 104 0 cciss/c0d0 1 1 1 1 1 1 1 1 1 1 1\n", "sys/block/cciss!c0d0/queue/rotational": "1\n",
    ])
    #expect(series.keys.contains { $0.contains("rotational=\"1\"") })
  }

  @Test("without the file the collector fails")
  func missing() {
    #expect(throws: HostError.self) { try series([:]) }
  }
}
