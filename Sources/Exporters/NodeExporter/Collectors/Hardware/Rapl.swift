import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_rapl_<zone>_joules_total` from `/sys/class/powercap`
/// (https://www.kernel.org/doc/html/latest/power/powercap/powercap.html). Since 2020 only root may read the energy:
/// without that right there is nothing to read, as with the standard exporter.
struct RaplCollector: NodeCollector {
  let name = "rapl"
  let help = "Energía que usaron las zonas del procesador (RAPL)."

  private static let enableZoneLabel = Flag(
    "collector.rapl.enable-zone-label", .toggle, "La zona va en una etiqueta y no en el nombre de la métrica.")
  static let flags = [enableZoneLabel]

  private let hasZoneLabel: Bool

  init(_ flags: FlagValues) { hasZoneLabel = flags.isOn(Self.enableZoneLabel) }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("class/powercap")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    var nextIndex: [String: Int] = [:]
    for entry in try directory.names() {
      guard let zone = try? SysfsDirectory(entry, in: directory), let text = zone.text("name") else { continue }
      let (name, index) = Self.split(text) ?? (text, nextIndex[text] ?? 0)
      nextIndex[name] = index &+ 1
      guard let energy = try energy(of: zone) else { continue }
      let joules = Double(energy) / 1e6
      if hasZoneLabel {
        batch.add(Host.Rapl.joules, .init(.init("\(index)"), .init(zone.path), .init(name)), joules)
      } else {
        let family = Host.Rapl.joules(of: name, name: MetricName.sanitized(name))
        batch.add(family, labelValues: ["\(index)", zone.path], joules)
      }
    }
  }

  private func energy(of zone: borrowing SysfsDirectory) throws -> UInt64? {
    do {
      return try zone.withBytes(of: "energy_uj") { $0.trimmed.unsigned }
    } catch  where error.code == EACCES || error.code == EPERM {
      throw NothingToRead("right to read \(error.path)")
    } catch {
      return nil
    }
  }

  /// `package-1` is package 1; nil for a name that carries no number.
  static func split(_ name: String) -> (String, Int)? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[1]) else { return nil }
    return (String(parts[0]), index)
  }
}
