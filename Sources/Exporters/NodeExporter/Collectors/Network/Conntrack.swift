import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_nf_conntrack_*`: two files of a number, and a line a processor of `/proc/net/stat/nf_conntrack`, added up.
/// Absent where the module is not loaded.
struct ConntrackCollector: NodeCollector {
  let name = "conntrack"
  let help = "Seguimiento de conexiones de netfilter."

  /// Column of each in the file; net/netfilter/nf_conntrack_standalone.c.
  private static let columns = [
    (2, Host.Conntrack.found), (4, Host.Conntrack.invalid), (5, Host.Conntrack.ignore), (8, Host.Conntrack.insert),
    (9, Host.Conntrack.insertFailed), (10, Host.Conntrack.drop), (11, Host.Conntrack.earlyDrop),
    (16, Host.Conntrack.searchRestart),
  ]

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try host.ifPresent("connection tracking (nf_conntrack)") {
      let directory = host.proc("sys/net/netfilter")
      batch.add(Host.Conntrack.entries, try host.keptNumber("\(directory)/nf_conntrack_count"))
      batch.add(Host.Conntrack.entriesLimit, try host.keptNumber("\(directory)/nf_conntrack_max"))
      let sums = try host.withKeptBytes(of: host.proc("net/stat/nf_conntrack"), Self.sums)
      for (column, family) in Self.columns { batch.add(family, column < sums.count ? Double(sums[column]) : 0) }
    }
  }

  /// Each column over all processors.
  private static func sums(_ bytes: Bytes) -> [UInt64] {
    var sums: [UInt64] = []
    var isHeading = true
    bytes.forEachLine { line in
      defer { isHeading = false }
      if isHeading { return }
      for (index, field) in line.fields.enumerated() {
        guard let value = field.hexadecimal else { return }
        if index == sums.count { sums.append(0) }
        sums[index] &+= value
      }
    }
    return sums
  }
}
