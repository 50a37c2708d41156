import MetricModel

extension Host {
  /// `/sys/class/nvme`.
  package enum Nvme {
    package struct Info: LabelSet {
      package static let labelNames = ["device", "firmware_revision", "model", "serial", "state", "cntlid"]
      package let labelValues: [String]
      package init(
        device: String, firmwareRevision: String, model: String, serial: String, state: String, cntlid: String
      ) {
        labelValues = [device, firmwareRevision, model, serial, state, cntlid]
      }
    }

    package struct NamespaceInfo: LabelSet {
      package static let labelNames = ["device", "nsid", "ana_state"]
      package let labelValues: [String]
      package init(device: String, nsid: String, anaState: String) {
        labelValues = [device, nsid, anaState]
      }
    }

    package enum NamespaceIDKey: LabelKey { package static let name = "nsid" }
    package typealias NamespaceID = OpenValue<NamespaceIDKey>

    package static let info = Family<Gauge, Info>(
      "node_nvme_info", "Non-numeric data from /sys/class/nvme/<device>, value is always 1.", use: parity)
    package static let namespaceInfo = Family<Gauge, NamespaceInfo>(
      "node_nvme_namespace_info", "Information about NVMe namespaces. Value is always 1", use: parity)
    package static let namespaceCapacityBytes = Family<Gauge, Pair<Device, NamespaceID>>(
      "node_nvme_namespace_capacity_bytes",
      "Capacity of the NVMe namespace in bytes. Computed as namespace_size * namespace_logical_block_size",
      unit: .bytes, use: parity)
    package static let namespaceSizeBytes = Family<Gauge, Pair<Device, NamespaceID>>(
      "node_nvme_namespace_size_bytes",
      "Size of the NVMe namespace in bytes. Available in /sys/class/nvme/<device>/<namespace>/size",
      unit: .bytes, use: parity)
    package static let namespaceUsedBytes = Family<Gauge, Pair<Device, NamespaceID>>(
      "node_nvme_namespace_used_bytes",
      "Used space of the NVMe namespace in bytes. Available in /sys/class/nvme/<device>/<namespace>/nuse",
      unit: .bytes, use: parity)
    package static let namespaceLogicalBlockSizeBytes = Family<Gauge, Pair<Device, NamespaceID>>(
      "node_nvme_namespace_logical_block_size_bytes",
      "Logical block size of the NVMe namespace in bytes. Usually 4Kb. Available in "
        + "/sys/class/nvme/<device>/<namespace>/queue/logical_block_size", unit: .bytes, use: parity)

    package static let all: [FamilyDescriptor] = [
      info.descriptor, namespaceInfo.descriptor, namespaceCapacityBytes.descriptor, namespaceSizeBytes.descriptor,
      namespaceUsedBytes.descriptor, namespaceLogicalBlockSizeBytes.descriptor,
    ]
  }
}
