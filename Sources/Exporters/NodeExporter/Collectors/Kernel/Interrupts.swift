import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_interrupts_total`: `/proc/interrupts` (proc(5)), a line an interrupt, a column a processor that is online.
struct InterruptsCollector: NodeCollector {
  private static let include = Flag(
    "collector.interrupts.name-include", placeholder: "REGEXP", "Qué interrupciones exportar: nombre;info;dispositivos."
  )
  private static let exclude = Flag(
    "collector.interrupts.name-exclude", placeholder: "REGEXP", "Qué interrupciones no exportar.")
  private static let zeros = Flag(
    "collector.interrupts.include-zeros", .toggle, default: "true", "Exporta también las que valen cero.")
  static let flags = [include, exclude, zeros]

  let name = "interrupts"
  let isDefault = false
  let help = "Interrupciones por CPU."
  private let filter: NameFilter
  private let hasZeros: Bool

  init(_ flags: FlagValues) throws {
    filter = try NameFilter(flags, include: Self.include, exclude: Self.exclude)
    hasZeros = flags.isOn(Self.zeros)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("interrupts")
    try host.withBytes(of: path) { bytes in
      var cpus: [String]?
      bytes.forEachLine { line in
        guard let cpus else {
          cpus = line.fields.map { $0.hasPrefix("CPU") ? $0.part(3..<$0.count).string : $0.string }
          return
        }
        add(line, cpus, to: &batch)
      }
      if cpus?.isEmpty ?? true { throw HostFormatError(path, "has no heading of processors") }
    }
  }

  private func add(_ line: Bytes, _ cpus: [String], to batch: inout SampleBatch) {
    // `  0:  18  0  IR-IO-APIC-edge  timer`; on aarch64 nothing need stand between the colon and the first column.
    guard let (name, columns) = line.cut(at: UInt8(ascii: ":")) else { return }
    var fields = columns.fields
    var counts: [Double] = []
    while counts.count < cpus.count, let count = fields.next()?.double { counts.append(count) }
    // Sums over all processors (ERR, MIS) have fewer columns.
    let words = fields.map(\.string)
    guard counts.count == cpus.count, let first = words.first else { return }
    let isNumbered = name.trimmed.unsigned != nil
    let type = name.trimmed.string
    let info = isNumbered ? first : words.joined(separator: " ")
    let devices = isNumbered ? words.dropFirst().joined(separator: " ") : ""
    guard filter.allows("\(type);\(info);\(devices)") else { return }
    for (cpu, count) in zip(cpus, counts) where hasZeros || count != 0 {
      batch.add(Host.Interrupts.interrupts, .init(cpu: cpu, type: type, info: info, devices: devices), count)
    }
  }
}
