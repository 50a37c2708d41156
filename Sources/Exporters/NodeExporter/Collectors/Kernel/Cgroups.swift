import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_cgroups_*`: a line of `/proc/cgroups` (cgroups(7)) a controller.
struct CgroupsCollector: NodeCollector {
  let name = "cgroups"
  let isDefault = false
  let help = "Cantidad de cgroups por controlador."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("cgroups")
    try host.ifPresent(path) {
      try host.withBytes(of: path) { bytes in
        bytes.forEachLine { line in
          // #subsys_name hierarchy num_cgroups enabled
          var fields = line.fields
          guard let name = fields.next(), !name.hasPrefix("#") else { return }
          fields.skip(1)
          guard let count = fields.next()?.double, let enabled = fields.next()?.double else { return }
          let subsystem = Host.Cgroups.Subsystem(name.string)
          batch.add(Host.Cgroups.cgroups, subsystem, count)
          batch.add(Host.Cgroups.enabled, subsystem, enabled)
        }
      }
    }
  }
}
