import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_softirqs_functions_total`: `/proc/softirqs` (proc(5)), a line a kind, a column a processor that can be.
struct SoftirqsCollector: NodeCollector {
  let name = "softirqs"
  let isDefault = false
  let help = "Interrupciones de software por CPU."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("softirqs")
    try host.withBytes(of: path) { bytes in
      var cpus: [String]?
      bytes.forEachLine { line in
        guard let cpus else {
          cpus = line.fields.map { $0.hasPrefix("CPU") ? $0.part(3..<$0.count).string : $0.string }
          return
        }
        guard let (name, columns) = line.cut(at: UInt8(ascii: ":")) else { return }
        let type = name.trimmed.string
        for (cpu, field) in zip(cpus, columns.fields) {
          guard let count = field.double else { continue }
          batch.add(Host.Softirqs.functions, .init(cpu: cpu, type: type), count)
        }
      }
      if cpus?.isEmpty ?? true { throw HostFormatError(path, "has no heading of processors") }
    }
  }
}
