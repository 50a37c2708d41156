import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_memory_numa_*`: `meminfo` and `numastat` of every memory node, two files each.
/// https://docs.kernel.org/admin-guide/numastat.html
struct MeminfoNumaCollector: NodeCollector {
  let name = "meminfo_numa"
  let isDefault = false
  let help = "Memoria de cada nodo NUMA."
  private let families = NameTable<FamilyDescriptor?>()

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let directory = host.sys("devices/system/node")
    let nodes = try host.ifPresent(directory) { try host.entries(of: directory) }
    try families.read { families in
      for node in nodes where node.hasPrefix("node") && Int(node.dropFirst(4)) != nil {
        let labels = [String(node.dropFirst(4))]
        try host.withBytes(of: "\(directory)/\(node)/meminfo") { bytes in
          bytes.forEachLine { line in
            // Node 0 MemTotal: 1 kB
            var fields = line.fields
            fields.skip(2)
            guard let name = fields.next(), let number = fields.next()?.double else { return }
            let isSize = fields.next().map { $0 == "kB" } ?? false
            let family = families.value(of: name) { MeminfoField.metricName($0).map(Host.MeminfoNuma.family) }
            if let family { batch.add(family, labelValues: labels, isSize ? number * 1024 : number) }
          }
        }
        try host.withBytes(of: "\(directory)/\(node)/numastat") { bytes in
          bytes.forEachLine { line in
            var fields = line.fields
            guard let name = fields.next(), let number = fields.next()?.double else { return }
            let family = families.value(of: name) { name in
              MeminfoField.metricName(name).map { Host.MeminfoNuma.family("\($0)_total") }
            }
            if let family { batch.add(family, labelValues: labels, number) }
          }
        }
      }
    }
  }
}
