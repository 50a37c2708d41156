import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_cpu_frequency_*`, `node_cpu_scaling_*`: the cpufreq policies of the processors that are online
/// (https://www.kernel.org/doc/html/latest/admin-guide/pm/cpufreq.html). Processors that share a policy share one
/// reading of it; where a reading sleeps, as kernels before 5.18 do to measure, the others go on beside it. One or two
/// system calls where the machine, as most virtual ones, has no policy.
struct CpufreqCollector: NodeCollector {
  let name = "cpufreq"
  let help = "Frecuencia de los procesadores y su gobernador."

  private let slow = SlowReading<String, CpufreqPolicy>()

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("devices/system/cpu")
    guard Self.mayHavePolicies(path) else { return }
    let directory = try SysfsDirectory(path, of: host)
    let offline = CPUList(directory.text("offline") ?? "")
    var cpus: [(number: String, policy: Int)] = []
    var folders: [String] = []
    var known: [String: Int] = [:]
    for name in try directory.names() {
      guard let number = name.numbered(behind: "cpu"), !offline.contains(UInt16(number)) else { continue }
      let folder = "\(path)/\(name)/cpufreq"
      let policy = directory.link("\(name)/cpufreq") ?? folder
      if known[policy] == nil {
        known[policy] = folders.count
        folders.append(folder)
      }
      cpus.append((number, known[policy] ?? 0))
    }
    let policies = slow.all(folders) { CpufreqPolicy($0, of: host) }
    for (number, policy) in cpus { policies[policy]?.add(number, to: &batch) }
  }

  /// The kernel's directory of policies tells by its links whether one is below it: two are its own.
  private static func mayHavePolicies(_ path: String) -> Bool {
    var status = stat()
    if stat("\(path)/cpufreq", &status) == 0 { return status.st_nlink != 2 }
    return access("\(path)/cpu0/cpufreq", F_OK) == 0
  }
}

/// What one policy says.
private struct CpufreqPolicy {
  private var frequencies: [(family: Family<Gauge, Host.Cpufreq.CPU>, hertz: Double)] = []
  private let governor: String
  private let governors: [Host.Cpufreq.Governor]

  private static let families: [(attribute: String, family: Family<Gauge, Host.Cpufreq.CPU>)] = [
    ("cpuinfo_cur_freq", Host.Cpufreq.current), ("cpuinfo_min_freq", Host.Cpufreq.minimum),
    ("cpuinfo_max_freq", Host.Cpufreq.maximum), ("scaling_cur_freq", Host.Cpufreq.scalingCurrent),
    ("scaling_min_freq", Host.Cpufreq.scalingMinimum), ("scaling_max_freq", Host.Cpufreq.scalingMaximum),
  ]

  init?(_ path: String, of host: NodeHost) {
    guard let policy = try? SysfsDirectory(path, of: host) else { return nil }
    governor = policy.text("scaling_governor") ?? ""
    governors = (governor.isEmpty ? "" : policy.text("scaling_available_governors") ?? "")
      .split(separator: " ").map { Host.Cpufreq.Governor(String($0)) }
    for (attribute, family) in Self.families {
      // The kernel's unit is kilohertz.
      if let kilohertz = policy.integer(attribute) { frequencies.append((family, Double(kilohertz) * 1000)) }
    }
  }

  func add(_ cpu: String, to batch: inout SampleBatch) {
    let label = Host.Cpufreq.CPU(cpu)
    for (family, hertz) in frequencies { batch.add(family, label, hertz) }
    for name in governors {
      batch.add(Host.Cpufreq.governor, .init(label, name), name.labelValue == governor ? 1 : 0)
    }
  }
}
