import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_lnstat_*`: every file of `/proc/net/stat`: a heading, then a line of hexadecimal numbers a processor (lnstat(8)).
struct LnstatCollector: NodeCollector {
  let name = "lnstat"
  let isDefault = false
  let help = "Estadísticas de los caches de red."
  private let headings = NameTable<[FamilyDescriptor?]>()

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let directory = host.proc("net/stat")
    try headings.read { headings in
      for file in try host.ifPresent(directory, { try host.entries(of: directory) }) {
        try host.withBytes(of: "\(directory)/\(file)") { bytes in
          var families: [FamilyDescriptor?]?
          var cpu = 0
          bytes.forEachLine { line in
            guard let families else {
              families = headings.value(of: line, orMake: Self.families)
              return
            }
            let labels = Host.Lnstat.Labels(subsystem: file, cpu: cpu).labelValues
            for (family, field) in zip(families, line.fields) {
              if let family, let value = field.hexadecimal { batch.add(family, labelValues: labels, Double(value)) }
            }
            cpu += 1
          }
        }
      }
    }
  }

  private static func families(of heading: String) -> [FamilyDescriptor?] {
    // synproxy puts tabs between its columns.
    heading.split { $0 == " " || $0 == "\t" }.map {
      Lint.isMetricName(String($0)) ? Host.Lnstat.family(String($0)) : nil
    }
  }
}
