import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_selinux_*`: whether SELinux is on, and how, from selinuxfs and `/etc/selinux/config` (selinux(8)).
struct SelinuxCollector: NodeCollector {
  let name = "selinux"
  let help = "Modo de SELinux."

  private static let disabled = -1.0

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let enforce = host.sys("fs/selinux/enforce")
    // A process that still has the kernel's own label runs before any policy was loaded. A NUL ends the label.
    let label = try? host.withBytes(of: host.proc("self/attr/current")) { $0.terminated }
    guard host.exists(enforce), label != "kernel" else {
      return batch.add(Host.Selinux.enabled, 0)
    }
    batch.add(Host.Selinux.enabled, 1)
    batch.add(Host.Selinux.configMode, Self.configuredMode(host))
    batch.add(Host.Selinux.currentMode, host.integer(enforce).map { Double($0) } ?? Self.disabled)
  }

  private static func configuredMode(_ host: NodeHost) -> Double {
    let mode = try? host.withBytes(of: host.root("etc/selinux/config")) { OsCollector.values($0)["SELINUX"] }
    return switch mode ?? "" {
    case "enforcing": 1
    case "permissive": 0
    default: disabled
    }
  }
}
