import Catalog
import ExporterKit
import Redis
import Telemetry

/// `SLOWLOG`: how many slow commands are remembered, and the last one's number and duration. Costs the server next to
/// nothing; the command's text, which the reply has too, is not exported.
struct SlowlogCollector: PipelinedCollector {
  let name = "slowlog"
  let help = "SLOWLOG: cantidad, número y duración del último comando lento."

  func questions(to session: RedisSession) -> [RedisCommand] { session.mode == .sentinel ? [] : Self.commands }

  private static let commands = [
    RedisCommand("SLOWLOG", "LEN", name: "SLOWLOG LEN"), RedisCommand("SLOWLOG", "GET", "1", name: "SLOWLOG GET"),
  ]

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    if let length = try answers[0].integer { reading.batch.add(RedisInstance.Slowlog.length, Double(length)) }
    // id, when, microseconds, command, client, client's name
    var entries = try answers[1].elements
    let entry = entries.next().map { Array($0.elements.prefix(3)) } ?? []
    let id = entry.first?.integer ?? 0
    let duration = entry.count > 2 ? entry[2].integer ?? 0 : 0
    reading.batch.add(RedisInstance.Slowlog.lastID, Double(id))
    reading.batch.add(RedisInstance.Slowlog.lastDurationSeconds, Double(duration) / 1e6)
  }
}
