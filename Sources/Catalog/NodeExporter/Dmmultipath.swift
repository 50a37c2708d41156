import MetricModel

extension Host {
  /// Multipath devices of the device mapper, from `/sys/block/dm-*`.
  package enum Dmmultipath {
    package enum SysfsNameKey: LabelKey { package static let name = "sysfs_name" }
    package typealias SysfsName = OpenValue<SysfsNameKey>
    package enum PathKey: LabelKey { package static let name = "path" }
    package typealias Path = OpenValue<PathKey>
    package enum StateKey: LabelKey { package static let name = "state" }
    package typealias State = OpenValue<StateKey>

    package struct DeviceInfo: LabelSet {
      package static let labelNames = ["device", "sysfs_name", "uuid"]
      package let labelValues: [String]
      package init(device: String, sysfsName: String, uuid: String) {
        labelValues = [device, sysfsName, uuid]
      }
    }

    package static let deviceInfo = Family<Gauge, DeviceInfo>(
      "node_dmmultipath_device_info", "Non-numeric information about a DM-multipath device.", use: parity)
    package static let deviceActive = Family<Gauge, Pair<Device, SysfsName>>(
      "node_dmmultipath_device_active",
      "Whether the multipath device-mapper device is active (1) or suspended (0).", use: parity)
    package static let deviceSizeBytes = Family<Gauge, Pair<Device, SysfsName>>(
      "node_dmmultipath_device_size_bytes",
      "Size of the multipath device in bytes, read from /sys/block/<dm>/size.", unit: .bytes, use: parity)
    package static let devicePaths = Family<Gauge, Pair<Device, SysfsName>>(
      "node_dmmultipath_device_paths", "Number of paths for a multipath device.", use: parity)
    package static let devicePathsActive = Family<Gauge, Pair<Device, SysfsName>>(
      "node_dmmultipath_device_paths_active",
      "Number of paths in active state (SCSI running or NVMe live) for a multipath device.", use: parity)
    package static let devicePathsFailed = Family<Gauge, Pair<Device, SysfsName>>(
      "node_dmmultipath_device_paths_failed",
      "Number of paths not in active state for a multipath device.", use: parity)
    package static let pathState = Family<Gauge, Triple<Device, Path, State>>(
      "node_dmmultipath_path_state",
      "Reports the underlying device state for a multipath path, as read from /sys/block/<dev>/device/state.",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      deviceInfo.descriptor, deviceActive.descriptor, deviceSizeBytes.descriptor, devicePaths.descriptor,
      devicePathsActive.descriptor, devicePathsFailed.descriptor, pathState.descriptor,
    ]
  }
}
