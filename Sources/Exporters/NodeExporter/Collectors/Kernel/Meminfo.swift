import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_memory_*`: every line of `/proc/meminfo` (proc(5)). `Active(anon): 1 kB` is `Active_anon_bytes 1024`. A line
/// that is new to us is exported too.
struct MeminfoCollector: NodeCollector {
  let name = "meminfo"
  let help = "Memoria."
  private let families = NameTable<FamilyDescriptor?>()

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("meminfo")
    try host.withKeptBytes(of: path) { bytes in
      try families.read { families in
        var isEmpty = true
        bytes.forEachLine { line in
          var fields = line.fields
          guard let name = fields.next(), let number = fields.next()?.double else { return }
          let isSize = fields.next().map { $0 == "kB" } ?? false
          let family = families.value(of: name) { Self.family($0, isSize: isSize) }
          guard let family else { return }
          batch.add(family, labelValues: [], isSize ? number * 1024 : number)
          isEmpty = false
        }
        if isEmpty { throw HostFormatError(path, "has no line that could be read") }
      }
    }
  }

  /// nil for a name that cannot be one of a metric.
  private static func family(_ name: String, isSize: Bool) -> FamilyDescriptor? {
    let field = MeminfoField.metricName(name)
    guard let field else { return nil }
    return isSize ? Host.Meminfo.family("\(field)_bytes", unit: .bytes) : Host.Meminfo.family(field, unit: nil)
  }
}

/// How `/proc/meminfo` and its kin for one memory node name things.
enum MeminfoField {
  /// `Active(anon):` as `Active_anon`; nil for what cannot be part of a metric's name.
  static func metricName(_ name: String) -> String? {
    let name = name.replacing(":", with: "").replacing("(", with: "_").replacing(")", with: "")
    return Lint.isMetricName(name) ? name : nil
  }
}
