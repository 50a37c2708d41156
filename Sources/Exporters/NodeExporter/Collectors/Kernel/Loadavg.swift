import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_load1`, `node_load5`, `node_load15`: one line of `/proc/loadavg` (proc(5)).
struct LoadavgCollector: NodeCollector {
  let name = "loadavg"
  let help = "Carga media del sistema."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("loadavg")
    try host.withKeptBytes(of: path) { bytes in
      var fields = bytes.fields
      for family in [Host.Loadavg.load1, Host.Loadavg.load5, Host.Loadavg.load15] {
        guard let load = fields.next()?.double else { throw HostFormatError(path, "has no three numbers") }
        batch.add(family, load)
      }
    }
  }
}
