import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_slabinfo_*`: a line of `/proc/slabinfo` (slabinfo(5)) a cache; only root may read it.
struct SlabinfoCollector: NodeCollector {
  private static let include = Flag(
    "collector.slabinfo.slabs-include", placeholder: "REGEXP", default: ".*", "Qué caches exportar.")
  private static let exclude = Flag(
    "collector.slabinfo.slabs-exclude", placeholder: "REGEXP", "Qué caches no exportar.")
  static let flags = [include, exclude]

  let name = "slabinfo"
  let isDefault = false
  let help = "Caches de objetos del kernel."
  private let filter: NameFilter
  private let labels = NameTable<Host.Slabinfo.Slab?>()

  init(_ flags: FlagValues) throws { filter = try NameFilter(flags, include: Self.include, exclude: Self.exclude) }

  private static let families = [
    Host.Slabinfo.activeObjects, Host.Slabinfo.objects, Host.Slabinfo.objectSize, Host.Slabinfo.objectsPerSlab,
    Host.Slabinfo.pagesPerSlab,
  ]

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try host.withBytes(of: host.proc("slabinfo")) { bytes in
      labels.read { labels in
        bytes.forEachLine { line in
          // name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : …
          if line.hasPrefix("slabinfo - ") || line.hasPrefix("#") { return }
          var fields = line.fields
          guard let name = fields.next() else { return }
          let label = labels.value(of: name) { filter.allows($0) ? Host.Slabinfo.Slab($0) : nil }
          let values = fields.prefix(Self.families.count).compactMap(\.double)
          guard let label, values.count == Self.families.count else { return }
          for (family, value) in zip(Self.families, values) { batch.add(family, label, value) }
        }
      }
    }
  }
}
