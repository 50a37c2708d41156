import Catalog
import ExporterKit
import MetricModel
import Redis
import Telemetry

/// `redis_commands_latencies_usec`: how long each command took, in the buckets that Redis counts since 7.0. The sums are
/// those of `# Commandstats`, which is asked for only where INFO is not. Source: https://redis.io/docs/latest/commands/latency-histogram/
struct LatencyHistogramCollector: PipelinedCollector {
  let name = "latency_histogram"
  let help = "LATENCY HISTOGRAM: duración de los comandos, en cubetas (desde Redis 7)."

  func questions(to session: RedisSession) -> [RedisCommand] {
    let histogram = questionsBesideInfo(to: session)
    return histogram.isEmpty ? [] : histogram + [Self.statistics]
  }

  func questionsBesideInfo(to session: RedisSession) -> [RedisCommand] {
    let isThere = session.version >= 70_000 && session.mode != .sentinel
    return isThere && !session.options.excludesLatencyHistogram ? [Self.histogram] : []
  }

  private static let histogram = RedisCommand("LATENCY", "HISTOGRAM", name: "LATENCY HISTOGRAM")
  private static let statistics = RedisCommand("INFO", "commandstats")

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    let statistics = answers.count > 1 ? try Self.statistics(answers[1]) : reading.commands
    guard let statistics else { throw RedisError(.server, "INFO, which has the sums, was not answered") }
    let microseconds = statistics.microseconds
    var pairs = try answers[0].elements
    while let command = pairs.next(), let details = pairs.next() {
      guard let name = command.string, let histogram = Self.histogram(details, sum: microseconds[name] ?? 0) else {
        continue
      }
      reading.batch.add(RedisInstance.LatencyHistogram.latencies, Command(name), histogram)
    }
  }

  private static func statistics(_ reply: RedisReply) -> CommandReader {
    var statistics = CommandReader()
    reply.withText { text in
      text.forEachReplyLine { line in
        if let (name, value) = line.cut(at: UInt8(ascii: ":")) { statistics.count(name, value) }
      }
    }
    return statistics
  }

  /// `calls`, their number, `histogram_usec`, pairs of upper bound and cumulative count.
  private static func histogram(_ details: RedisReply, sum: Double) -> Distribution? {
    let parts = Array(details.elements)
    guard parts.count > 3, let calls = parts[1].integer else { return nil }
    var points: [Distribution.Point] = []
    var buckets = parts[3].elements
    while let bound = buckets.next()?.integer, let count = buckets.next()?.integer {
      points.append(Distribution.Point(at: Double(bound), Double(count)))
    }
    return Distribution(points, sum: sum, count: Double(calls))
  }
}
