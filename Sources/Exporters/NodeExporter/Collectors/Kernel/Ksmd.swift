import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_ksmd_*`: nine files of a number each. https://docs.kernel.org/admin-guide/mm/ksm.html
struct KsmdCollector: NodeCollector {
  let name = "ksmd"
  let isDefault = false
  let help = "Páginas de memoria iguales que el kernel une (KSM)."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let directory = host.sys("kernel/mm/ksm")
    guard host.exists(directory) else { throw NothingToRead(directory) }
    for file in Host.Ksmd.files {
      batch.add(file.family, labelValues: [], try host.number("\(directory)/\(file.name)"))
    }
    batch.add(Host.Ksmd.sleep, labelValues: [], try host.number("\(directory)/sleep_millisecs") / 1000)
  }
}
