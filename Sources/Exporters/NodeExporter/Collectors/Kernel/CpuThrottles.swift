import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// How often cores and packages were throttled for heat: up to four files of sysfs a processor. Cores that processors
/// share are read once. Virtual machines have no such files.
/// https://docs.kernel.org/admin-guide/abi-testing.html, sysfs-devices-system-cpu
enum CpuThrottles {
  private struct Core: Hashable {
    let package: UInt64
    let core: UInt64
  }

  /// - Parameter cpus: names of the processors' directories.
  static func read(_ cpus: [String], in directory: String, of host: NodeHost, into batch: inout SampleBatch) {
    var packages: Set<UInt64> = []
    var cores: Set<Core> = []
    for cpu in cpus {
      let throttle = "\(directory)/\(cpu)/thermal_throttle"
      guard host.exists(throttle), let package = number("\(directory)/\(cpu)/topology/physical_package_id", host),
        let core = number("\(directory)/\(cpu)/topology/core_id", host)
      else { continue }
      let place = Core(package: package, core: core)
      if !cores.contains(place), let count = number("\(throttle)/core_throttle_count", host) {
        cores.insert(place)
        batch.add(Host.Cpu.coreThrottles, .init(package: String(package), core: String(core)), Double(count))
      }
      if !packages.contains(package), let count = number("\(throttle)/package_throttle_count", host) {
        packages.insert(package)
        batch.add(Host.Cpu.packageThrottles, Host.Cpu.Package(String(package)), Double(count))
      }
    }
  }

  private static func number(_ path: String, _ host: NodeHost) -> UInt64? {
    (try? host.withBytes(of: path) { $0.trimmed.unsigned }) ?? nil
  }
}
