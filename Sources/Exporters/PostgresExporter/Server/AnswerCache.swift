import Synchronization
import Telemetry

/// What collectors read that may be served again for a while, by database.
final class AnswerCache: Sendable {
  struct Answer: Sendable {
    let batch: SampleBatch
    let since: ContinuousClock.Instant
  }

  private let answers = Mutex<[String: [String: Answer]]>([:])

  /// nil where there is none that is younger.
  func answer(of collector: String, in database: String, youngerThan age: Duration) -> Answer? {
    let found = answers.withLock { $0[database]?[collector] }
    return found.flatMap { .now - $0.since < age ? $0 : nil }
  }

  func keep(_ batch: SampleBatch, of collector: String, in database: String, since: ContinuousClock.Instant) {
    answers.withLock { $0[database, default: [:]][collector] = Answer(batch: batch, since: since) }
  }

  /// The database is not scraped any more.
  func forget(_ database: String) { answers.withLock { $0[database] = nil } }
}
