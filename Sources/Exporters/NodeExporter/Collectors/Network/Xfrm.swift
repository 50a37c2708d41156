import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_xfrm_*`: the lines of `/proc/net/xfrm_stat` that are known by name.
struct XfrmCollector: NodeCollector {
  let name = "xfrm"
  let isDefault = false
  let help = "Errores de IPsec."
  private let families = NameTable<FamilyDescriptor?>()

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("net/xfrm_stat")
    try host.ifPresent(path) {
      try host.withBytes(of: path) { bytes in
        families.read { families in
          bytes.forEachLine { line in
            var fields = line.fields
            guard let name = fields.next() else { return }
            let family = families.value(of: name) { Host.Xfrm.fields[$0] }
            if let family, let value = fields.next()?.double { batch.add(family, labelValues: [], value) }
          }
        }
      }
    }
  }
}
