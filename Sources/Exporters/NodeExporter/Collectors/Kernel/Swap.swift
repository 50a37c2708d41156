import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_swap_*`: a line of `/proc/swaps` (proc(5)) a device; sizes there are KiB.
struct SwapCollector: NodeCollector {
  let name = "swap"
  let isDefault = false
  let help = "Dispositivos de intercambio."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try host.withBytes(of: host.proc("swaps")) { bytes in
      bytes.forEachLine { line in
        // Filename Type Size Used Priority
        var fields = line.fields
        guard let device = fields.next(), let type = fields.next(), let size = fields.next()?.double,
          let used = fields.next()?.double, let priority = fields.next()?.double
        else { return }
        let labels = Host.Swap.Labels(device: device.string, type: type.string)
        batch.add(Host.Swap.size, labels, size * 1024)
        batch.add(Host.Swap.used, labels, used * 1024)
        batch.add(Host.Swap.priority, labels, priority)
      }
    }
  }
}
