import MetricModel

/// What every process of ours says about itself; names as client_golang's process collector has them.
package enum Process {
  package static let cpu = Family<Counter, NoLabels>(
    "process_cpu_seconds_total", "User and system CPU time spent.", unit: .seconds)
  package static let residentMemory = Family<Gauge, NoLabels>(
    "process_resident_memory_bytes", "Resident memory.", unit: .bytes)
  package static let virtualMemory = Family<Gauge, NoLabels>(
    "process_virtual_memory_bytes", "Virtual memory.", unit: .bytes, use: .notNeeded("a standard process metric"))
  package static let maximumVirtualMemory = Family<Gauge, NoLabels>(
    "process_virtual_memory_max_bytes", "Limit of virtual memory; past 10^19 where there is none.", unit: .bytes,
    use: .notNeeded("a standard process metric"))
  package static let openFiles = Family<Gauge, NoLabels>(
    "process_open_fds", "Open file descriptors.")
  package static let maximumFiles = Family<Gauge, NoLabels>(
    "process_max_fds", "Limit of open file descriptors.")
  package static let threads = Family<Gauge, NoLabels>(
    "process_threads", "Threads.", use: .notNeeded("a standard process metric"))
  package static let startTime = Family<Gauge, NoLabels>(
    "process_start_time_seconds", "Start of the process, in seconds since the epoch.", unit: .seconds)

  /// `<process>_build_info`, one family a process.
  package static func buildInfo(of process: String) -> Family<Info, BuildLabels> {
    Family(
      "\(process.map { $0 == "-" ? "_" : String($0) }.joined())_build_info", "The version that runs.")
  }

  package static let all = [
    cpu.descriptor, residentMemory.descriptor, virtualMemory.descriptor, maximumVirtualMemory.descriptor,
    openFiles.descriptor,
    maximumFiles.descriptor, threads.descriptor, startTime.descriptor,
    buildInfo(of: "agente_deposito").descriptor, buildInfo(of: "postgres_exporter").descriptor,
    buildInfo(of: "node_exporter").descriptor, buildInfo(of: "redis_exporter").descriptor,
  ]
}

package struct BuildLabels: LabelSet {
  package enum VersionKey: LabelKey { package static let name = "version" }
  package typealias Version = OpenValue<VersionKey>
  package enum RevisionKey: LabelKey { package static let name = "revision" }
  package typealias Revision = OpenValue<RevisionKey>

  package static let labelNames = [Version.labelName, Revision.labelName, "swift_version"]
  package let labelValues: [String]
  package init(version: String, revision: String, swiftVersion: String) {
    labelValues = [version, revision, swiftVersion]
  }
}
