import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_kernel_hung_tasks_total`: a file of one number, which older kernels lack.
struct KernelHungCollector: NodeCollector {
  let name = "kernel_hung"
  let help = "Tareas que el kernel encontró colgadas."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("sys/kernel/hung_task_detect_count")
    batch.add(Host.KernelHung.tasks, try host.ifPresent(path) { try host.keptNumber(path) })
  }
}
