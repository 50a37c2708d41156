import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_entropy_*`: two files of a number each.
struct EntropyCollector: NodeCollector {
  let name = "entropy"
  let help = "Entropía disponible."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    batch.add(Host.Entropy.available, try host.keptNumber(host.proc("sys/kernel/random/entropy_avail")))
    batch.add(Host.Entropy.poolSize, try host.keptNumber(host.proc("sys/kernel/random/poolsize")))
  }
}
