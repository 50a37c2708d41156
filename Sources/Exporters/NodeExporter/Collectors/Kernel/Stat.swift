import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_intr_total`, `node_context_switches_total` and their like: `/proc/stat` (proc(5)) without the processors.
struct StatCollector: NodeCollector {
  private static let softirq = Flag(
    "collector.stat.softirq", .toggle, "Exporta además las interrupciones de software por vector.")
  static let flags = [softirq]

  /// In the kernel's order: include/linux/interrupt.h.
  private static let vectors = [
    "hi", "timer", "net_tx", "net_rx", "block", "block_iopoll", "tasklet", "sched", "hrtimer", "rcu",
  ]

  let name = "stat"
  let help = "Interrupciones, cambios de contexto, procesos creados y hora de arranque."
  private let hasSoftirqs: Bool

  init(_ flags: FlagValues) { hasSoftirqs = flags.isOn(Self.softirq) }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.proc("stat")
    try host.withSharedBytes(of: path, isKept: true) { bytes in
      var isEmpty = true
      bytes.forEachLine { line in
        // The first column of `intr` is the sum; one for each interrupt follows.
        guard let (name, rest) = line.cut(at: UInt8(ascii: " ")) else { return }
        if hasSoftirqs, name == "softirq" { return Self.addSoftirqs(rest, to: &batch) }
        var fields = rest.fields
        guard let family = Self.family(of: name), let value = fields.next()?.double else { return }
        batch.add(family, labelValues: [], value)
        isEmpty = false
      }
      if isEmpty { throw HostFormatError(path, "has no line that could be read") }
    }
  }

  private static func family(of name: Bytes) -> FamilyDescriptor? {
    if name == "intr" { return Host.Stat.interrupts.descriptor }
    if name == "ctxt" { return Host.Stat.contextSwitches.descriptor }
    if name == "processes" { return Host.Stat.forks.descriptor }
    if name == "btime" { return Host.Stat.bootTime.descriptor }
    if name == "procs_running" { return Host.Stat.procsRunning.descriptor }
    if name == "procs_blocked" { return Host.Stat.procsBlocked.descriptor }
    return nil
  }

  private static func addSoftirqs(_ counts: Bytes, to batch: inout SampleBatch) {
    var fields = counts.fields
    fields.skip(1)
    for vector in vectors {
      guard let count = fields.next()?.double else { return }
      batch.add(Host.Stat.softirqs, Host.Stat.Vector(vector), count)
    }
  }
}
