import ExporterKit
import Redis

/// One subject of the exporter. How it is read is said by one of the two protocols below.
protocol RedisCollector: ExporterCollector {
  /// Whether a flag of the standard exporter asks for it, beside `--collector.NAME`.
  func isWanted(_ options: RedisOptions) -> Bool
  /// Itself, as one of the two: known without a cast at each scrape.
  var pipelined: (any PipelinedCollector)? { get }
  var dialogue: (any DialogueCollector)? { get }
}

extension RedisCollector {
  func isWanted(_ options: RedisOptions) -> Bool { false }
}

extension PipelinedCollector {
  /// From the end of the replies before. A server that says nothing for so long is as good as down.
  var limit: Duration { .seconds(RedisTarget.silenceSeconds) }
  func questionsBesideInfo(to session: RedisSession) -> [RedisCommand] { questions(to: session) }
  var pipelined: (any PipelinedCollector)? { self }
  var dialogue: (any DialogueCollector)? { nil }
}

extension DialogueCollector {
  var pipelined: (any PipelinedCollector)? { nil }
  var dialogue: (any DialogueCollector)? { self }
}

/// Asks commands that are known beforehand: those of all such collectors travel together, in one round trip.
protocol PipelinedCollector: RedisCollector {
  /// Nothing where this server does not have its subject; then it is not read either.
  func questions(to session: RedisSession) -> [RedisCommand]
  /// The same, where INFO travels along and is read before: less where that has a part of the answer.
  func questionsBesideInfo(to session: RedisSession) -> [RedisCommand]
  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading) throws(RedisError)
}

/// Needs an answer before it can ask further, or asks what may take long: it runs when the others are read.
protocol DialogueCollector: RedisCollector {
  func read(
    from session: RedisSession, until deadline: ContinuousClock.Instant, into reading: inout RedisReading
  ) async throws
}
