import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_watchdog_*`: what each watchdog in `/sys/class/watchdog` says of itself
/// (https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-class-watchdog).
struct WatchdogCollector: NodeCollector {
  let name = "watchdog"
  let help = "Perros guardianes del hardware y del núcleo (/sys/class/watchdog)."

  init(_ flags: FlagValues) {}

  private static let attributes: [(name: String, family: Family<Gauge, Host.Watchdog.Name>)] = [
    ("bootstatus", Host.Watchdog.bootstatus), ("fw_version", Host.Watchdog.firmwareVersion),
    ("nowayout", Host.Watchdog.nowayout), ("timeleft", Host.Watchdog.timeleft), ("timeout", Host.Watchdog.timeout),
    ("pretimeout", Host.Watchdog.pretimeout), ("access_cs0", Host.Watchdog.accessCs0),
  ]

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("class/watchdog")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    for name in try directory.names() {
      // A watchdog may have gone.
      guard let device = try? SysfsDirectory(name, in: directory) else { continue }
      for attribute in Self.attributes {
        if let value = device.integer(attribute.name) { batch.add(attribute.family, .init(name), Double(value)) }
      }
      let labels = Host.Watchdog.InfoLabels(
        name, options: device.text("options") ?? "", identity: device.text("identity") ?? "",
        state: device.text("state") ?? "", status: device.text("status") ?? "",
        pretimeoutGovernor: device.text("pretimeout_governor") ?? "")
      batch.add(Host.Watchdog.info, labels, 1)
    }
  }
}
