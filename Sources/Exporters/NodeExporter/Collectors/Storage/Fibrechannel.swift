import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_fibrechannel_*`: `/sys/class/fc_host` (kernel's `drivers/scsi/scsi_transport_fc.c`). 24 files a port.
struct FibrechannelCollector: NodeCollector {
  let name = "fibrechannel"
  let help = "Puertos de Fibre Channel."

  private typealias Families = Host.Fibrechannel

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let root = host.sys("class/fc_host")
    let ports = try host.ifPresent(root, { try host.entries(of: root) })
    for port in ports { addInfo(of: port, "\(root)/\(port)", host, into: &batch) }
    for (file, family) in Self.statistics {
      for port in ports {
        guard let value = Self.number("\(root)/\(port)/statistics/\(file)", host) else { continue }
        batch.add(family, .init(port), Double(value))
      }
    }
  }

  /// What a driver does not tell is empty.
  private func addInfo(of port: String, _ path: String, _ host: NodeHost, into batch: inout SampleBatch) {
    func text(_ file: String) -> String { host.text("\(path)/\(file)") ?? "" }
    /// Without its `0x`.
    func identifier(_ file: String) -> String {
      let text = text(file)
      return text.utf8.count > 2 ? String(text.dropFirst(2)) : text
    }
    batch.add(
      Families.info,
      Families.Info(
        fcHost: port, speed: text("speed"), portState: text("port_state"), portType: text("port_type"),
        portId: identifier("port_id"), portName: identifier("port_name"), fabricName: identifier("fabric_name"),
        symbolicName: text("symbolic_name"), supportedClasses: text("supported_classes"),
        supportedSpeeds: text("supported_speeds"), devLossTmo: text("dev_loss_tmo")), 1)
  }

  /// In hexadecimal with `0x`, or in decimal; all ones stand for what the adapter does not count.
  private static func number(_ path: String, _ host: NodeHost) -> UInt64? {
    let read = try? host.withBytes(of: path) { text in
      let text = text.trimmed
      return text.hasPrefix("0x") ? text.hexadecimal : text.unsigned
    }
    guard let number = read ?? nil, number != .max else { return nil }
    return number
  }

  private static let statistics: [(String, Family<Counter, Families.HostName>)] = [
    ("dumped_frames", Families.dumpedFrames), ("error_frames", Families.errorFrames),
    ("invalid_crc_count", Families.invalidCrc), ("rx_frames", Families.rxFrames), ("rx_words", Families.rxWords),
    ("tx_frames", Families.txFrames), ("tx_words", Families.txWords),
    ("seconds_since_last_reset", Families.secondsSinceLastReset),
    ("invalid_tx_word_count", Families.invalidTxWords), ("link_failure_count", Families.linkFailure),
    ("loss_of_sync_count", Families.lossOfSync), ("loss_of_signal_count", Families.lossOfSignal),
    ("nos_count", Families.nos), ("fcp_packet_aborts", Families.fcpPacketAborts),
  ]
}
