import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_zoneinfo_*`: the lines of `/proc/zoneinfo` (proc(5)) that are known by name, below the zone they belong to.
/// What a node has once stands in its first zone.
struct ZoneinfoCollector: NodeCollector {
  let name = "zoneinfo"
  let isDefault = false
  let help = "Páginas de memoria por zona."
  private let families = NameTable<FamilyDescriptor?>()

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try host.withBytes(of: host.proc("zoneinfo")) { bytes in
      families.read { families in
        var labels: [String] = []
        bytes.forEachLine { line in
          if let place = ZoneLine(line) {
            labels = [place.node, place.zone]
            return
          }
          var fields = line.fields
          guard !labels.isEmpty, let name = fields.next() else { return }
          if name == "protection:" { return Self.addProtection(fields, labels, to: &batch) }
          // Of the page sets of each processor only some kernels call a line as a zone's: `high:` with a colon.
          let family = families.value(of: name) { Host.Zoneinfo.fields[$0] }
          guard let family, let value = fields.next()?.double else { return }
          batch.add(family, labelValues: labels, value)
        }
      }
    }
  }

  /// `protection: (0, 2039, 31932)`
  private static func addProtection(_ fields: Fields, _ labels: [String], to batch: inout SampleBatch) {
    for (index, field) in fields.enumerated() {
      let start = field.hasPrefix("(") ? 1 : 0
      let end = field.hasSuffix(",") || field.hasSuffix(")") ? field.count - 1 : field.count
      guard let value = field.part(start..<end).double else { return }
      batch.add(Host.Zoneinfo.protection(index), labelValues: labels, value)
    }
  }
}
