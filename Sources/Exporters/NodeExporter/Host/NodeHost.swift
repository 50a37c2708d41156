import ExporterKit
import Glibc

/// The machine as the collectors see it: where its file systems are, and how their small files are read. A fixture tree
/// stands in for the real one through the same paths.
package struct NodeHost: Sendable {
  /// Without slashes at the end.
  package let procfs: String
  package let sysfs: String
  package let rootfs: String
  package let udevData: String
  let usage: TargetUsage
  let kept = KeptFiles()
  /// nil outside of a sweep.
  private(set) var shared: SharedReadings?

  package init(procfs: String, sysfs: String, rootfs: String, udevData: String, usage: TargetUsage = TargetUsage()) {
    func trimmed(_ path: String) -> String {
      var path = path[...]
      while path.hasSuffix("/") { path = path.dropLast() }
      return String(path)
    }
    self.procfs = trimmed(procfs)
    self.sysfs = trimmed(sysfs)
    self.rootfs = trimmed(rootfs)
    self.udevData = trimmed(udevData)
    self.usage = usage
  }

  /// The same host for the collectors of one sweep, who share what they read.
  func forOneSweep() -> NodeHost {
    var host = self
    host.shared = SharedReadings()
    return host
  }

  /// A file of procfs, for example `net/dev`.
  package func proc(_ path: String) -> String { "\(procfs)/\(path)" }

  /// A file of sysfs, for example `class/net`.
  package func sys(_ path: String) -> String { "\(sysfs)/\(path)" }

  /// A file of the host's root.
  package func root(_ path: String) -> String { "\(rootfs)/\(path)" }
}
