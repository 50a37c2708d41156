import MetricModel

extension Host {
  /// PCI devices: who made them, how they are linked, how they sleep.
  package enum Pcidevice {
    /// As in `0000:00:1f.3`.
    package struct Location: LabelSet {
      package static let labelNames = ["segment", "bus", "device", "function"]
      package let labelValues: [String]
      /// - Parameter parts: as many as there are names.
      package init(_ parts: [String]) { labelValues = parts }
    }

    package enum PowerState: String, ClosedLabel {
      case d0 = "D0"
      case d1 = "D1"
      case d2 = "D2"
      case d3hot = "D3hot"
      case d3cold = "D3cold"
      case unknown
      case error
      package static let labelName = "state"
      package static let count = 7
      package var labelValue: String { rawValue }
    }

    package static let maximumLinkSpeed = Family<Gauge, Location>(
      "node_pcidevice_max_link_transfers_per_second", "Value of maximum link's transfers per second (T/s)",
      use: parity)
    package static let maximumLinkWidth = Family<Gauge, Location>(
      "node_pcidevice_max_link_width", "Value of maximum link's width (number of lanes)", use: parity)
    package static let linkSpeed = Family<Gauge, Location>(
      "node_pcidevice_current_link_transfers_per_second", "Value of current link's transfers per second (T/s)",
      use: parity)
    package static let linkWidth = Family<Gauge, Location>(
      "node_pcidevice_current_link_width", "Value of current link's width (number of lanes)", use: parity)
    package static let powerState = Family<Gauge, Pair<Location, PowerState>>(
      "node_pcidevice_power_state",
      "PCIe device power state, one of: D0, D1, D2, D3hot, D3cold, unknown or error.", use: parity)
    package static let d3coldAllowed = Family<Gauge, Location>(
      "node_pcidevice_d3cold_allowed", "Whether the PCIe device supports D3cold power state (0/1).", use: parity)
    package static let virtualAutoprobe = Family<Gauge, Location>(
      "node_pcidevice_sriov_drivers_autoprobe",
      "Whether SR-IOV drivers autoprobe is enabled for the device (0/1).", use: parity)
    package static let virtualFunctions = Family<Gauge, Location>(
      "node_pcidevice_sriov_numvfs", "Number of Virtual Functions (VFs) currently enabled for SR-IOV.", use: parity)
    package static let virtualFunctionsSupported = Family<Gauge, Location>(
      "node_pcidevice_sriov_totalvfs", "Total number of Virtual Functions (VFs) supported by the device.",
      use: parity)
    package static let virtualVectors = Family<Gauge, Location>(
      "node_pcidevice_sriov_vf_total_msix", "Total number of MSI-X vectors for Virtual Functions.", use: parity)
    package static let numaNode = Family<Gauge, Location>(
      "node_pcidevice_numa_node", "NUMA node number for the PCI device. -1 indicates unknown or not available.",
      use: parity)

    package static let parentLabelNames = ["parent_segment", "parent_bus", "parent_device", "parent_function"]
    package static let idLabelNames = [
      "class_id", "vendor_id", "device_id", "subsystem_vendor_id", "subsystem_device_id", "revision",
    ]
    package static let nameLabelNames = [
      "vendor_name", "device_name", "subsystem_vendor_name", "subsystem_device_name", "class_name",
    ]

    /// - Parameter hasNames: as a flag says.
    package static func info(hasNames: Bool) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_pcidevice_info",
        help: "Non-numeric data from /sys/bus/pci/devices/<location>, value is always 1.", kind: .gauge,
        labelNames: Location.labelNames + parentLabelNames + idLabelNames + (hasNames ? nameLabelNames : []),
        use: parity)
    }

    package static let all: [FamilyDescriptor] = [
      info(hasNames: false), maximumLinkSpeed.descriptor, maximumLinkWidth.descriptor, linkSpeed.descriptor,
      linkWidth.descriptor, powerState.descriptor, d3coldAllowed.descriptor, virtualAutoprobe.descriptor,
      virtualFunctions.descriptor, virtualFunctionsSupported.descriptor, virtualVectors.descriptor,
      numaNode.descriptor,
    ]
  }
}
