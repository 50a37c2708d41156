import Catalog
import ExporterKit
import MetricModel

/// The machine on which the exporter runs.
struct NodeTarget: ExporterTarget {
  let up: Family<Gauge, NoLabels>? = nil
  let selfFamilies = ExporterSelf.node
  /// As node_exporter has it.
  let absenceIsSuccess = false
  let host: NodeHost
  private let stuck = StuckCollectors()
  private let threads = ReadingThreads()
  private let alarm = Alarm()

  init(_ host: NodeHost) { self.host = host }

  var address: String { "\(host.procfs), \(host.sysfs)" }
  var usage: TargetUsage { host.usage }

  func collect(
    _ collectors: [any NodeCollector], until deadline: ContinuousClock.Instant, reporting progress: ScrapeProgress
  ) async {
    await Sweep(host, collectors, until: deadline, progress, stuck, threads, alarm).run()
  }

  func failure(of error: any Error) -> CollectorFailure {
    let isTimeout = error is CollectorTimeout || error is CollectorStuck
    return CollectorFailure(category: isTimeout ? "timeout" : "\(type(of: error)): \(error)", isTimeout: isTimeout)
  }

  func close() async {}
}
