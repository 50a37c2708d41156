import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_softnet_*`: a line of hexadecimal numbers a processor; net/core/net-procfs.c. The kernel has added columns at
/// the end: 9 before Linux 3.11, 11 before 5.10, then the queue's length and the processor's number.
struct SoftnetCollector: NodeCollector {
  let name = "softnet"
  let help = "Colas de recepción de red por CPU."

  private static let cpuColumn = 12
  private static let minimumColumns = 9
  private static let columns = [
    (0, Host.Softnet.processed), (1, Host.Softnet.dropped), (2, Host.Softnet.timesSqueezed),
    (8, Host.Softnet.cpuCollision), (9, Host.Softnet.receivedRPS), (10, Host.Softnet.flowLimitCount),
  ]
  private static let backlogColumn = 11

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("net/softnet_stat")
    try host.withKeptBytes(of: path) { bytes in
      var row: UInt64 = 0
      try bytes.forEachLine { line in
        let values = line.fields.compactMap(\.hexadecimal)
        guard values.count >= Self.minimumColumns else { throw HostFormatError(path, "has lines that are too short") }
        func value(_ column: Int) -> UInt64 { column < values.count ? values[column] : 0 }
        let cpu = Host.CPUNumber(String(values.count > Self.cpuColumn ? values[Self.cpuColumn] : row))
        for (column, family) in Self.columns { batch.add(family, cpu, Double(value(column))) }
        batch.add(Host.Softnet.backlogLength, cpu, Double(value(Self.backlogColumn)))
        row += 1
      }
    }
  }
}
