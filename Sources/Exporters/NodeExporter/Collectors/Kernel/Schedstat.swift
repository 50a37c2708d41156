import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_schedstat_*`: the last three columns of each processor's line of `/proc/schedstat`.
struct SchedstatCollector: NodeCollector {
  let name = "schedstat"
  let help = "Estadísticas del planificador por CPU."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("schedstat")
    try host.ifPresent(path) {
      try host.withKeptBytes(of: path) { bytes in
        bytes.forEachLine { line in
          guard line.hasPrefix("cpu") else { return }
          var fields = line.fields
          guard let name = fields.next() else { return }
          fields.skip(6)
          guard let running = fields.next()?.double, let waiting = fields.next()?.double,
            let timeslices = fields.next()?.double
          else { return }
          let cpu = Host.CPUNumber(name.part(3..<name.count).string)
          batch.add(Host.Schedstat.running, cpu, running / 1e9)
          batch.add(Host.Schedstat.waiting, cpu, waiting / 1e9)
          batch.add(Host.Schedstat.timeslices, cpu, timeslices)
        }
      }
    }
  }
}
