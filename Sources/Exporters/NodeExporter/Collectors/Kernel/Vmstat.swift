import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_vmstat_*`: the lines of `/proc/vmstat` whose names a flag wants.
struct VmstatCollector: NodeCollector {
  private static let fields = Flag(
    "collector.vmstat.fields", placeholder: "REGEXP", default: "^(oom_kill|pgpg|pswp|pg.*fault).*",
    "Qué campos de /proc/vmstat exportar.")
  static let flags = [fields]

  let name = "vmstat"
  let help = "Contadores de la memoria virtual."
  private let wanted: NamePattern?
  private let families = NameTable<FamilyDescriptor?>()

  init(_ flags: FlagValues) throws {
    wanted = try flags.text(Self.fields).map { try NamePattern($0, of: Self.fields) }
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try host.withKeptBytes(of: host.proc("vmstat")) { bytes in
      families.read { families in
        bytes.forEachLine { line in
          guard let (name, rest) = line.cut(at: UInt8(ascii: " ")) else { return }
          guard let family = families.value(of: name, orMake: family), let value = rest.trimmed.double else { return }
          batch.add(family, labelValues: [], value)
        }
      }
    }
  }

  private func family(_ name: String) -> FamilyDescriptor? {
    (wanted?.matches(name) ?? true) && Lint.isMetricName(name) ? Host.Vmstat.family(name) : nil
  }
}
