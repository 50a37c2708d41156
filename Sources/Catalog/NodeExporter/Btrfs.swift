import MetricModel

extension Host {
  /// `/sys/fs/btrfs/UUID`, and of mounted file systems what their devices counted.
  package enum Btrfs {
    package enum UUIDKey: LabelKey { package static let name = "uuid" }
    package typealias UUID = OpenValue<UUIDKey>
    package enum VolumeLabelKey: LabelKey { package static let name = "label" }
    package typealias VolumeLabel = OpenValue<VolumeLabelKey>
    package enum BlockGroupKey: LabelKey { package static let name = "block_group_type" }
    package typealias BlockGroup = OpenValue<BlockGroupKey>
    package enum ModeKey: LabelKey { package static let name = "mode" }
    package typealias Mode = OpenValue<ModeKey>
    package enum DeviceUUIDKey: LabelKey { package static let name = "btrfs_dev_uuid" }
    package typealias DeviceUUID = OpenValue<DeviceUUIDKey>
    package enum ErrorKindKey: LabelKey { package static let name = "type" }
    package typealias ErrorKind = OpenValue<ErrorKindKey>

    package static let info = Family<Gauge, Pair<UUID, VolumeLabel>>(
      "node_btrfs_info", "Filesystem information", use: parity)
    package static let globalRsvSizeBytes = Family<Gauge, UUID>(
      "node_btrfs_global_rsv_size_bytes", "Size of global reserve.", unit: .bytes, use: parity)
    package static let commits = Family<Counter, UUID>(
      "node_btrfs_commits_total", "The total number of commits that have occurred.", use: parity)
    package static let lastCommitSeconds = Family<Gauge, UUID>(
      "node_btrfs_last_commit_seconds", "Duration of the most recent commit, in seconds.", unit: .seconds, use: parity)
    package static let maxCommitSeconds = Family<Gauge, UUID>(
      "node_btrfs_max_commit_seconds", "Duration of the slowest commit, in seconds.", unit: .seconds, use: parity)
    package static let commitSeconds = Family<Counter, UUID>(
      "node_btrfs_commit_seconds_total", "Sum of the duration of all commits, in seconds.", unit: .seconds, use: parity)
    package static let reservedBytes = Family<Gauge, Pair<UUID, BlockGroup>>(
      "node_btrfs_reserved_bytes", "Amount of space reserved for a data type", unit: .bytes, use: parity)
    package static let usedBytes = Family<Gauge, Triple<UUID, BlockGroup, Mode>>(
      "node_btrfs_used_bytes", "Amount of used space by a layout/data type", unit: .bytes, use: parity)
    package static let sizeBytes = Family<Gauge, Triple<UUID, BlockGroup, Mode>>(
      "node_btrfs_size_bytes", "Amount of space allocated for a layout/data type", unit: .bytes, use: parity)
    package static let allocationRatio = Family<Gauge, Triple<UUID, BlockGroup, Mode>>(
      "node_btrfs_allocation_ratio", "Data allocation ratio for a layout/data type", unit: .ratio, use: parity)
    package static let deviceSizeBytes = Family<Gauge, Triple<UUID, Device, DeviceUUID>>(
      "node_btrfs_device_size_bytes", "Size of a device that is part of the filesystem.", unit: .bytes, use: parity)
    package static let deviceUnusedBytes = Family<Gauge, Triple<UUID, Device, DeviceUUID>>(
      "node_btrfs_device_unused_bytes",
      "Unused bytes unused on a device that is part of the filesystem.", unit: .bytes, use: parity)
    package static let deviceErrors = Family<Counter, Pair<UUID, Triple<ErrorKind, Device, DeviceUUID>>>(
      "node_btrfs_device_errors_total", "Errors reported for the device", use: parity)

    /// The same where no file system could be asked about its devices: without their UUIDs.
    package static let deviceSizeBytesWithoutUUID = FamilyDescriptor(
      name: deviceSizeBytes.name, help: deviceSizeBytes.descriptor.help, kind: .gauge, unit: .bytes,
      labelNames: Pair<UUID, Device>.labelNames, use: parity)

    package static let all: [FamilyDescriptor] = [
      info.descriptor, globalRsvSizeBytes.descriptor, commits.descriptor, lastCommitSeconds.descriptor,
      maxCommitSeconds.descriptor, commitSeconds.descriptor, reservedBytes.descriptor, usedBytes.descriptor,
      sizeBytes.descriptor, allocationRatio.descriptor, deviceSizeBytes.descriptor, deviceUnusedBytes.descriptor,
      deviceErrors.descriptor,
    ]
  }
}
