import ExporterKit
import Redis
import Telemetry

/// `CLUSTER INFO` of a server in cluster mode. Costs the server next to nothing.
struct ClusterCollector: PipelinedCollector {
  let name = "cluster"
  let help = "CLUSTER INFO, donde hay cluster."

  func questions(to session: RedisSession) -> [RedisCommand] { session.mode == .cluster ? [Self.command] : [] }

  private static let command = RedisCommand("CLUSTER", "INFO", name: "CLUSTER INFO")

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    try answers[0].withText { text in
      text.forEachReplyLine { line in
        guard let (name, value) = line.cut(at: UInt8(ascii: ":")) else { return }
        InfoCollector.plainReader.readField(name, value, into: &reading.batch)
      }
    }
  }
}
