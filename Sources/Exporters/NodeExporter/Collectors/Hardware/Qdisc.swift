import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_qdisc_*`: the root queueing discipline of each interface, as `tc -s qdisc` shows it. One question to the
/// kernel over rtnetlink (RFC 3549 §3.1.3).
struct QdiscCollector: NodeCollector {
  let name = "qdisc"
  let isDefault = false
  let help = "Disciplinas de cola de las interfaces de red."

  private static let fixtures = Flag(
    "collector.qdisc.fixtures", placeholder: "DIR",
    "Lee results.json de ahí en lugar de preguntar al núcleo; para pruebas."
  )
  private static let deviceInclude = Flag(
    "collector.qdisc.device-include", placeholder: "REGEX", "Interfaces que se miran; se excluye con device-exclude.")
  private static let deviceExclude = Flag(
    "collector.qdisc.device-exclude", placeholder: "REGEX",
    "Interfaces que no se miran; se excluye con device-include.")
  // Spelt so up to 1.3; the standard exporter still takes them.
  private static let oldInclude = Flag(
    "collector.qdisk.device-include", placeholder: "REGEX", "En desuso: use collector.qdisc.device-include.")
  private static let oldExclude = Flag(
    "collector.qdisk.device-exclude", placeholder: "REGEX", "En desuso: use collector.qdisc.device-exclude.")
  static let flags = [fixtures, deviceInclude, deviceExclude, oldInclude, oldExclude]

  private let fixtures: String?
  private let filter: NameFilter

  init(_ flags: FlagValues) throws {
    fixtures = flags.text(Self.fixtures)
    for (new, old) in [(Self.deviceInclude, Self.oldInclude), (Self.deviceExclude, Self.oldExclude)]
    where flags.text(new) != nil && flags.text(old) != nil {
      throw FlagMistake("--\(new.name) y --\(old.name) se excluyen: use la primera")
    }
    let include = flags.text(Self.deviceInclude) == nil ? Self.oldInclude : Self.deviceInclude
    let exclude = flags.text(Self.deviceExclude) == nil ? Self.oldExclude : Self.deviceExclude
    filter = try NameFilter(flags, eitherInclude: include, orExclude: exclude)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    for qdisc in try fixtures.map({ try QdiscStatistics.all(in: $0, host) }) ?? QdiscStatistics.all(host) {
      guard qdisc.isRoot, filter.allows(qdisc.device) else { continue }
      let labels = Host.Qdisc.Root(.init(qdisc.device), .init(qdisc.kind))
      batch.add(Host.Qdisc.bytes, labels, qdisc.bytes)
      batch.add(Host.Qdisc.packets, labels, qdisc.packets)
      batch.add(Host.Qdisc.drops, labels, qdisc.drops)
      batch.add(Host.Qdisc.requeues, labels, qdisc.requeues)
      batch.add(Host.Qdisc.overlimits, labels, qdisc.overlimits)
      batch.add(Host.Qdisc.queueLength, labels, qdisc.queueLength)
      batch.add(Host.Qdisc.backlog, labels, qdisc.backlog)
    }
  }
}
