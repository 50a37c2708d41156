import Catalog
import MetricModel
import Telemetry
import Topology

/// `process_*` and `<process>_build_info`.
struct ProcessCollector: Collector {
  let buildInfo: Family<Info, BuildLabels>
  let build: BuildLabels

  init(service: String, revision: String) {
    buildInfo = Process.buildInfo(of: service)
    build = BuildLabels(version: Release.version, revision: revision, swiftVersion: Release.swiftVersion)
  }

  func collect(into batch: inout SampleBatch) {
    batch.add(buildInfo, build, 1)
    guard let process = ProcessStatistics.read() else { return }
    batch.add(Process.cpu, process.cpuSeconds)
    batch.add(Process.residentMemory, process.residentBytes)
    batch.add(Process.virtualMemory, process.virtualBytes)
    batch.add(Process.maximumVirtualMemory, process.maximumVirtualBytes)
    batch.add(Process.threads, process.threads)
    batch.add(Process.startTime, process.startTimeSeconds)
    batch.add(Process.openFiles, process.openDescriptors)
    batch.add(Process.maximumFiles, process.maximumDescriptors)
  }
}
