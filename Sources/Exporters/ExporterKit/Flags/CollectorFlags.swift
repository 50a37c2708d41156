/// `--collector.NAME` and `--no-collector.NAME` of every collector, and `--collector.disable-defaults`.
package struct CollectorFlags: Sendable {
  private struct Entry: Sendable {
    let name: String
    let isDefault: Bool
    let flag: Flag
  }

  private let entries: [Entry]
  private static let disableDefaults = Flag(
    "collector.disable-defaults", .toggle, "Apaga los colectores que están prendidos de fábrica.")

  package init(_ collectors: [any ExporterCollector]) {
    entries = collectors.map { collector in
      Entry(
        name: collector.name, isDefault: collector.isDefault,
        flag: Flag(
          "collector.\(collector.name)", .toggle, default: collector.isDefault ? "true" : "false", collector.help))
    }
  }

  package var all: [Flag] { entries.map(\.flag) + [Self.disableDefaults] }

  /// Names of the collectors that run.
  package func enabled(_ values: FlagValues) -> Set<String> {
    let hasDefaults = !values.isOn(Self.disableDefaults)
    return Set(
      entries.filter { entry in
        values.isGiven(entry.flag) ? values.isOn(entry.flag) : entry.isDefault && hasDefaults
      }.map(\.name))
  }
}
