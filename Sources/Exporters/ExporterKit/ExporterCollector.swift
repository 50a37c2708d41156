import Catalog
import MetricModel
import Telemetry

// ExporterKit holds what every exporter needs and nothing that knows a target: the collector's shape, the scrape
// engine with its arithmetic, and the process around them.

/// One subject of an exporter, in one file: what it exports, what that costs the target, how it is read.
package protocol ExporterCollector<Session>: Sendable {
  associatedtype Session: Sendable

  /// As in the `collector` label; the file and the test are named after it.
  var name: String { get }
  /// The most that one reading may take. The scrape's own limit can leave less.
  var limit: Duration { get }

  /// Reads within the deadline, at which whatever runs on the target is ended there. What is in the batch counts only
  /// if nothing is thrown.
  func collect(from session: Session, into batch: inout SampleBatch, until deadline: ContinuousClock.Instant)
    async throws
}

extension ExporterCollector {
  package var limit: Duration { .seconds(defaultCollectorLimitSeconds) }
}

private let defaultCollectorLimitSeconds = 5

/// What an exporter watches, and how a session on it is opened.
package protocol ExporterTarget: Sendable {
  associatedtype Session: Sendable

  /// Where it is, without secrets: for the log.
  var address: String { get }
  /// 1 if the target answered.
  var up: Family<Gauge, NoLabels> { get }
  /// The families about the exporter's own work.
  var selfFamilies: ExporterSelf { get }

  func open(until deadline: ContinuousClock.Instant) async throws -> Session
  /// False once a session is lost, so that a new one must be opened.
  func isUsable(_ session: Session) -> Bool
  func close(_ session: Session) async
  func failure(of error: any Error) -> CollectorFailure
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
