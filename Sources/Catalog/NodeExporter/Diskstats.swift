import MetricModel

extension Host {
  /// `/proc/diskstats`, and what udev knows of the disks.
  package enum Diskstats {
    package struct Info: LabelSet {
      package static let labelNames = [
        "device", "major", "minor", "path", "wwn", "model", "serial", "revision", "rotational",
      ]
      package let labelValues: [String]
      package init(
        device: String, major: String, minor: String, path: String, wwn: String, model: String, serial: String,
        revision: String, rotational: String
      ) {
        labelValues = [device, major, minor, path, wwn, model, serial, revision, rotational]
      }
    }

    package struct FilesystemInfo: LabelSet {
      package static let labelNames = ["device", "type", "usage", "uuid", "version"]
      package let labelValues: [String]
      package init(device: String, type: String, usage: String, uuid: String, version: String) {
        labelValues = [device, type, usage, uuid, version]
      }
    }

    package struct DeviceMapperInfo: LabelSet {
      package static let labelNames = ["device", "name", "uuid", "vg_name", "lv_name", "lv_layer"]
      package let labelValues: [String]
      package init(device: String, name: String, uuid: String, vgName: String, lvName: String, lvLayer: String) {
        labelValues = [device, name, uuid, vgName, lvName, lvLayer]
      }
    }

    package static let readsCompleted = Family<Counter, Device>(
      "node_disk_reads_completed_total", "The total number of reads completed successfully.", use: parity)
    package static let readsMerged = Family<Counter, Device>(
      "node_disk_reads_merged_total", "The total number of reads merged.", use: parity)
    package static let readBytes = Family<Counter, Device>(
      "node_disk_read_bytes_total", "The total number of bytes read successfully.", unit: .bytes)
    package static let readTimeSeconds = Family<Counter, Device>(
      "node_disk_read_time_seconds_total",
      "The total number of seconds spent by all reads.", unit: .seconds, use: parity)
    package static let writesCompleted = Family<Counter, Device>(
      "node_disk_writes_completed_total", "The total number of writes completed successfully.", use: parity)
    package static let writesMerged = Family<Counter, Device>(
      "node_disk_writes_merged_total", "The number of writes merged.", use: parity)
    package static let writtenBytes = Family<Counter, Device>(
      "node_disk_written_bytes_total", "The total number of bytes written successfully.", unit: .bytes)
    package static let writeTimeSeconds = Family<Counter, Device>(
      "node_disk_write_time_seconds_total",
      "This is the total number of seconds spent by all writes.", unit: .seconds, use: parity)
    package static let ioNow = Family<Gauge, Device>(
      "node_disk_io_now", "The number of I/Os currently in progress.", use: parity)
    package static let ioTimeSeconds = Family<Counter, Device>(
      "node_disk_io_time_seconds_total", "Total seconds spent doing I/Os.", unit: .seconds, use: parity)
    package static let ioTimeWeightedSeconds = Family<Counter, Device>(
      "node_disk_io_time_weighted_seconds_total",
      "The weighted # of seconds spent doing I/Os.", unit: .seconds, use: parity)
    package static let discardsCompleted = Family<Counter, Device>(
      "node_disk_discards_completed_total", "The total number of discards completed successfully.", use: parity)
    package static let discardsMerged = Family<Counter, Device>(
      "node_disk_discards_merged_total", "The total number of discards merged.", use: parity)
    package static let discardedSectors = Family<Counter, Device>(
      "node_disk_discarded_sectors_total", "The total number of sectors discarded successfully.", use: parity)
    package static let discardTimeSeconds = Family<Counter, Device>(
      "node_disk_discard_time_seconds_total",
      "This is the total number of seconds spent by all discards.", unit: .seconds, use: parity)
    package static let flushRequests = Family<Counter, Device>(
      "node_disk_flush_requests_total", "The total number of flush requests completed successfully", use: parity)
    package static let flushRequestsTimeSeconds = Family<Counter, Device>(
      "node_disk_flush_requests_time_seconds_total",
      "This is the total number of seconds spent by all flush requests.", unit: .seconds, use: parity)
    package static let info = Family<Gauge, Info>("node_disk_info", "Info of /sys/block/<block_device>.", use: parity)
    package static let filesystemInfo = Family<Gauge, FilesystemInfo>(
      "node_disk_filesystem_info", "Info about disk filesystem.", use: parity)
    package static let deviceMapperInfo = Family<Gauge, DeviceMapperInfo>(
      "node_disk_device_mapper_info", "Info about disk device mapper.", use: parity)
    package static let ataWriteCache = Family<Gauge, Device>(
      "node_disk_ata_write_cache", "ATA disk has a write cache.", use: parity)
    package static let ataWriteCacheEnabled = Family<Gauge, Device>(
      "node_disk_ata_write_cache_enabled", "ATA disk has its write cache enabled.", use: parity)
    package static let ataRotationRateRpm = Family<Gauge, Device>(
      "node_disk_ata_rotation_rate_rpm", "ATA disk rotation rate in RPMs (0 for SSDs).", use: parity)

    package static let all: [FamilyDescriptor] = [
      readsCompleted.descriptor, readsMerged.descriptor, readBytes.descriptor, readTimeSeconds.descriptor,
      writesCompleted.descriptor, writesMerged.descriptor, writtenBytes.descriptor, writeTimeSeconds.descriptor,
      ioNow.descriptor, ioTimeSeconds.descriptor, ioTimeWeightedSeconds.descriptor, discardsCompleted.descriptor,
      discardsMerged.descriptor, discardedSectors.descriptor, discardTimeSeconds.descriptor, flushRequests.descriptor,
      flushRequestsTimeSeconds.descriptor, info.descriptor, filesystemInfo.descriptor, deviceMapperInfo.descriptor,
      ataWriteCache.descriptor, ataWriteCacheEnabled.descriptor, ataRotationRateRpm.descriptor,
    ]
  }
}
