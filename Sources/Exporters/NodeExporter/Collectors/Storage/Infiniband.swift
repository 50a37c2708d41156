import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_infiniband_*`: `/sys/class/infiniband/DEVICE/ports/PORT`
/// (https://docs.kernel.org/admin-guide/abi-stable.html, "sysfs-class-infiniband"), and the driver's own counters
/// (`InfinibandHardware`). Reading a counter asks the adapter: some 30 to 60 files a port.
struct InfinibandCollector: NodeCollector {
  let name = "infiniband"
  let help = "Puertos de InfiniBand y RoCE."

  private typealias Families = Host.Infiniband
  typealias PortCounter = Family<Counter, Pair<Host.Device, Host.Infiniband.Port>>

  /// In Gb/s, times this: bytes a second.
  private static let bytesPerGigabit = 125_000_000.0

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("class/infiniband")
    for device in try host.ifPresent(root, { try host.entries(of: root) }) {
      let path = "\(root)/\(device)"
      guard let ports = try? host.entries(of: "\(path)/ports") else { continue }
      func text(_ file: String) -> String { host.text("\(path)/\(file)") ?? "" }
      batch.add(
        Families.info,
        Families.Info(
          device: device, boardId: text("board_id"), firmwareVersion: text("fw_ver"), hcaType: text("hca_type")), 1)
      for port in ports {
        guard let number = UInt32(port) else { continue }
        let labels = Pair(Host.Device(device), Families.Port(String(number)))
        addPort(labels, "\(path)/ports/\(port)", host, into: &batch)
      }
    }
  }

  private func addPort(
    _ labels: Pair<Host.Device, Host.Infiniband.Port>, _ path: String, _ host: NodeHost, into batch: inout SampleBatch
  ) {
    // `4: ACTIVE`, `100 Gb/sec (4X EDR)`.
    if let state = (try? host.withBytes(of: "\(path)/state", { $0.firstNumber })) ?? nil {
      batch.add(Families.stateId, labels, Double(state))
    }
    if let state = (try? host.withBytes(of: "\(path)/phys_state", { $0.firstNumber })) ?? nil {
      batch.add(Families.physicalStateId, labels, Double(state))
    }
    if let rate = (try? host.withBytes(of: "\(path)/rate", { $0.fields.first { _ in true }?.double })) ?? nil,
      rate.isFinite
    {
      batch.add(Families.rateBytesPerSecond, labels, (rate * Self.bytesPerGigabit).rounded(.down))
    }
    Self.addFiles(Self.counters, of: labels, "\(path)/counters", host, into: &batch)
    // Before Linux 4.5 the wide counters had a directory of their own.
    Self.addFiles(Self.legacyCounters, of: labels, "\(path)/counters_ext", host, into: &batch)
    InfinibandHardware.add(labels, "\(path)/hw_counters", host, into: &batch)
  }

  /// Only files that are there are asked for: each of the others would cost a system call.
  static func addFiles(
    _ files: [String: (family: PortCounter, factor: Double)], of labels: Pair<Host.Device, Host.Infiniband.Port>,
    _ path: String, _ host: NodeHost, into batch: inout SampleBatch
  ) {
    for file in (try? host.entries(of: path)) ?? [] {
      // `N/A (no PMA)` is no number.
      guard let counter = files[file], let value = host.unsigned("\(path)/\(file)") else { continue }
      batch.add(counter.family, labels, Double(value) * counter.factor)
    }
  }

  /// The InfiniBand Architecture Specification counts data in words of four octets.
  private static let wordOctets = 4.0

  private static let counters: [String: (family: PortCounter, factor: Double)] = [
    "excessive_buffer_overrun_errors": (Families.excessiveBufferOverrunErrors, 1),
    "link_downed": (Families.linkDowned, 1), "link_error_recovery": (Families.linkErrorRecovery, 1),
    "local_link_integrity_errors": (Families.localLinkIntegrityErrors, 1),
    "multicast_rcv_packets": (Families.multicastPacketsReceived, 1),
    "multicast_xmit_packets": (Families.multicastPacketsTransmitted, 1),
    "port_rcv_constraint_errors": (Families.portConstraintErrorsReceived, 1),
    "port_xmit_constraint_errors": (Families.portConstraintErrorsTransmitted, 1),
    "port_rcv_data": (Families.portDataReceivedBytes, wordOctets),
    "port_xmit_data": (Families.portDataTransmittedBytes, wordOctets),
    "port_rcv_discards": (Families.portDiscardsReceived, 1),
    "port_xmit_discards": (Families.portDiscardsTransmitted, 1),
    "port_rcv_errors": (Families.portErrorsReceived, 1), "port_rcv_packets": (Families.portPacketsReceived, 1),
    "port_xmit_packets": (Families.portPacketsTransmitted, 1), "port_xmit_wait": (Families.portTransmitWait, 1),
    "unicast_rcv_packets": (Families.unicastPacketsReceived, 1),
    "unicast_xmit_packets": (Families.unicastPacketsTransmitted, 1),
    "port_rcv_remote_physical_errors": (Families.portReceiveRemotePhysicalErrors, 1),
    "port_rcv_switch_relay_errors": (Families.portReceiveSwitchRelayErrors, 1),
    "symbol_error": (Families.symbolError, 1), "VL15_dropped": (Families.vl15Dropped, 1),
  ]

  private static let legacyCounters: [String: (family: PortCounter, factor: Double)] = [
    "port_multicast_rcv_packets": (Families.legacyMulticastPacketsReceived, 1),
    "port_multicast_xmit_packets": (Families.legacyMulticastPacketsTransmitted, 1),
    "port_rcv_data_64": (Families.legacyDataReceivedBytes, wordOctets),
    "port_xmit_data_64": (Families.legacyDataTransmittedBytes, wordOctets),
    "port_rcv_packets_64": (Families.legacyPacketsReceived, 1),
    "port_xmit_packets_64": (Families.legacyPacketsTransmitted, 1),
    "port_unicast_rcv_packets": (Families.legacyUnicastPacketsReceived, 1),
    "port_unicast_xmit_packets": (Families.legacyUnicastPacketsTransmitted, 1),
  ]
}
