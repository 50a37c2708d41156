import MetricModel

extension Host {
  /// Mounted file systems, as mountinfo lists them and statfs(2) measures them.
  package enum Filesystem {
    package static let size = Family<Gauge, MountLabels>(
      "node_filesystem_size_bytes", "Filesystem size in bytes.", unit: .bytes)
    package static let free = Family<Gauge, MountLabels>(
      "node_filesystem_free_bytes", "Filesystem free space in bytes.", unit: .bytes, use: parity)
    package static let available = Family<Gauge, MountLabels>(
      "node_filesystem_avail_bytes", "Filesystem space available to non-root users in bytes.", unit: .bytes)
    package static let files = Family<Gauge, MountLabels>(
      "node_filesystem_files", "Filesystem total file nodes.", use: parity)
    package static let freeFiles = Family<Gauge, MountLabels>(
      "node_filesystem_files_free", "Filesystem total free file nodes.", use: parity)
    /// Of macOS; the standard exporter says 0 on Linux too.
    package static let purgeable = Family<Gauge, MountLabels>(
      "node_filesystem_purgeable_bytes", "Filesystem space available including purgeable space (MacOS specific).",
      unit: .bytes, use: parity)
    package static let readonly = Family<Gauge, MountLabels>(
      "node_filesystem_readonly", "Filesystem read-only status.")
    package static let deviceError = Family<Gauge, MountLabels>(
      "node_filesystem_device_error", "Whether an error occurred while getting statistics for the given device.",
      use: parity)
    /// The series of `readonly` and `deviceError` of mounts that could not be measured.
    package static let failedReadonly = readonly.descriptor.withLabels(FailedMountLabels.labelNames)
    package static let failedDevice = deviceError.descriptor.withLabels(FailedMountLabels.labelNames)
    package static let mountInfo = Family<Gauge, MountInfoLabels>(
      "node_filesystem_mount_info", "Filesystem mount information.", use: parity)

    package static let all: [FamilyDescriptor] = [
      size.descriptor, free.descriptor, available.descriptor, files.descriptor, freeFiles.descriptor,
      purgeable.descriptor, readonly.descriptor, deviceError.descriptor, mountInfo.descriptor,
    ]
  }
}

package struct MountLabels: LabelSet {
  package enum DeviceKey: LabelKey { package static let name = "device" }
  package typealias Device = OpenValue<DeviceKey>
  package enum FSTypeKey: LabelKey { package static let name = "fstype" }
  package typealias FSType = OpenValue<FSTypeKey>
  package enum MountPointKey: LabelKey { package static let name = "mountpoint" }
  package typealias MountPoint = OpenValue<MountPointKey>

  package static let labelNames = [Device.labelName, FSType.labelName, MountPoint.labelName]
  package let labelValues: [String]
  /// As the kernel calls its kind.
  package var fstype: FSType { FSType(labelValues.dropFirst().first ?? "") }

  package init(device: String, fstype: String, mountPoint: String) { labelValues = [device, fstype, mountPoint] }
}

/// The newer versions' `device_error` says why a mount could not be measured; series of a sound mount do not have it,
/// so that they are Debian's.
package struct FailedMountLabels: LabelSet {
  package static let labelNames = MountLabels.labelNames + ["device_error"]
  package let labelValues: [String]

  package init(_ mount: MountLabels, reason: String) { labelValues = mount.labelValues + [reason] }
}

/// The numbers are those of the device.
package struct MountInfoLabels: LabelSet {
  package static let labelNames = ["device", "major", "minor", "mountpoint"]
  package let labelValues: [String]
  package init(device: String, major: String, minor: String, mountPoint: String) {
    labelValues = [device, major, minor, mountPoint]
  }
}
