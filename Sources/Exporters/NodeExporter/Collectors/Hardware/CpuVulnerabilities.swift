import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_cpu_vulnerabilities_info` from `/sys/devices/system/cpu/vulnerabilities`
/// (https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-devices-system-cpu). Some twenty files.
struct CpuVulnerabilitiesCollector: NodeCollector {
  let name = "cpu_vulnerabilities"
  let isDefault = false
  let help = "Vulnerabilidades del procesador y su mitigación."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    // Without the directory there is nothing to export, which the standard exporter counts as a success.
    guard let directory = try? SysfsDirectory(host.sys("devices/system/cpu/vulnerabilities"), of: host) else { return }
    for name in try directory.names() {
      guard let text = directory.text(name), let (state, mitigation) = Self.parse(text) else { continue }
      batch.add(Host.CpuVulnerabilities.info, .init(.init(name), state, .init(mitigation)), 1)
    }
  }

  private static let states: [(prefix: String, state: Host.CpuVulnerabilities.State)] = [
    ("Vulnerable", .vulnerable), ("Mitigation", .mitigation),
  ]

  /// `Not affected`, `Vulnerable`, `Vulnerable: why` or `Mitigation: how`; nil for another word.
  static func parse(_ text: String) -> (Host.CpuVulnerabilities.State, mitigation: String)? {
    if text == "Not affected" { return (.notAffected, "") }
    guard let (prefix, state) = states.first(where: { text.hasPrefix($0.prefix) }) else { return nil }
    let rest = text.dropFirst(prefix.count)
    return (state, String(rest.hasPrefix(": ") ? rest.dropFirst(2) : rest))
  }
}
