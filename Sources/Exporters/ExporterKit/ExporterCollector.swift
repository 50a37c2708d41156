import Catalog
import MetricModel
import Telemetry

// ExporterKit holds what every exporter needs and nothing that knows a target or a socket: the shape of collectors and
// targets, the scrape engine with its arithmetic, and the flags. ExporterServer makes a process of it.

/// One subject of an exporter, in one file: what it exports, what that costs the target, how it is read. How exactly is
/// said by a protocol of the exporter's own that refines this one.
package protocol ExporterCollector: Sendable {
  /// As in the `collector` label and in `--collector.NAME`; the file and the test are named after it.
  var name: String { get }
  /// Whether it runs where no flag says otherwise.
  var isDefault: Bool { get }
  /// For the operator, in Spanish: what it exports, and what a flag turns on.
  var help: String { get }
  /// The most that one reading may take. The scrape's own limit can leave less.
  var limit: Duration { get }
}

extension ExporterCollector {
  package var isDefault: Bool { true }
  package var limit: Duration { .seconds(defaultCollectorLimitSeconds) }
}

private let defaultCollectorLimitSeconds = 5

/// What an exporter watches: a server, or the host.
package protocol ExporterTarget: Sendable {
  associatedtype Collector

  /// Where it is, without secrets: for the log.
  var address: String { get }
  /// 1 if the target answered; nil where it cannot but answer.
  var up: Family<Gauge, NoLabels>? { get }
  /// The families about the exporter's own work.
  var selfFamilies: ExporterSelf { get }
  /// What was asked of it so far.
  var usage: TargetUsage { get }
  /// A collector whose subject the target does not have succeeds, so that a rule on failures stays silent.
  var absenceIsSuccess: Bool { get }
  /// For each page, what the exporter's own work on this kind of target has beside `selfFamilies`.
  var ownSamples: SampleBatch { get }

  /// Runs the collectors and tells the progress of each: within its own limit, and all of them until the deadline, at
  /// which nothing of them runs on the target any more. It is not called again before it has returned, and it returns
  /// by the deadline.
  func collect(
    _ collectors: [Collector], until deadline: ContinuousClock.Instant, reporting progress: ScrapeProgress) async
  func failure(of error: any Error) -> CollectorFailure
  /// Ends its sessions; the last thing that is asked of it.
  func close() async
}

extension ExporterTarget {
  package var ownSamples: SampleBatch { SampleBatch() }
  package var absenceIsSuccess: Bool { true }
}

/// What the engine must know of an error. The error itself is logged: it names no secret.
package struct CollectorFailure: Sendable, Equatable {
  /// What stays the same while a problem lasts: a change of it is worth a log line, a repetition is not.
  package let category: String
  package let isTimeout: Bool

  package init(category: String, isTimeout: Bool) {
    self.category = category
    self.isTimeout = isTimeout
  }
}
