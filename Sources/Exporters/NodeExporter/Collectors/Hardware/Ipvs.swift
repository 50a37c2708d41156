import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_ipvs_*`: totals from `/proc/net/ip_vs_stats`, backends from `/proc/net/ip_vs` (the kernel's
/// net/netfilter/ipvs/ip_vs_ctl.c). Backends that the chosen labels do not tell apart are added up. One system call
/// where the module is not loaded.
struct IpvsCollector: NodeCollector {
  let name = "ipvs"
  let help = "Conexiones y tráfico del balanceador del núcleo (IPVS)."

  private static let backendLabels = Flag(
    "collector.ipvs.backend-labels", placeholder: "LISTA",
    default: Host.Ipvs.BackendLabel.allCases.map(\.rawValue).joined(separator: ","),
    "Etiquetas de los servidores, separadas por comas.")
  static let flags = [backendLabels]

  private let labels: [Host.Ipvs.BackendLabel]

  init(_ flags: FlagValues) throws {
    let wanted = (flags.text(Self.backendLabels) ?? "").split(separator: ",").map(String.init)
    let unknown = Set(wanted).subtracting(Host.Ipvs.BackendLabel.allCases.map(\.rawValue)).sorted()
    guard unknown.isEmpty else {
      throw FlagMistake("--\(Self.backendLabels.name) no conoce \(unknown.joined(separator: ", "))")
    }
    // No label is a choice too: the flag given empty.
    let isChosen = !flags.isGiven(Self.backendLabels)
    labels = Host.Ipvs.BackendLabel.allCases.filter { isChosen || wanted.contains($0.rawValue) }
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("net/ip_vs_stats")
    do {
      try host.withBytes(of: path) { try Self.addTotals($0, path, to: &batch) }
    } catch let error as HostError where error.isAbsence {
      throw NothingToRead(path)
    }
    let backends = try host.withBytes(of: host.proc("net/ip_vs")) { IpvsBackend.all(in: $0) }
    var sums: [[String]: (active: UInt64, inactive: UInt64, weight: UInt64)] = [:]
    for backend in backends {
      let values = labels.map { backend.value(of: $0) }
      let sum = sums[values] ?? (0, 0, 0)
      sums[values] = (
        sum.active &+ backend.active, sum.inactive &+ backend.inactive, sum.weight &+ backend.weight
      )
    }
    let families = (Host.Ipvs.active(labels), Host.Ipvs.inactive(labels), Host.Ipvs.weight(labels))
    for (values, sum) in sums {
      batch.add(families.0, labelValues: values, Double(sum.active))
      batch.add(families.1, labelValues: values, Double(sum.inactive))
      batch.add(families.2, labelValues: values, Double(sum.weight))
    }
  }

  /// Two lines of headings, then the totals in hexadecimal.
  private static func addTotals(_ text: Bytes, _ path: String, to batch: inout SampleBatch) throws {
    var line = 0
    var totals: [UInt64] = []
    text.forEachLine { bytes in
      line += 1
      if line == 3 { totals = bytes.fields.compactMap { $0.hexadecimal } }
    }
    let families = [
      Host.Ipvs.connections, Host.Ipvs.incomingPackets, Host.Ipvs.outgoingPackets, Host.Ipvs.incomingBytes,
      Host.Ipvs.outgoingBytes,
    ]
    guard totals.count == families.count else { throw HostFormatError(path, "has no five totals in its third line") }
    for (family, total) in zip(families, totals) { batch.add(family, Double(total)) }
  }
}
