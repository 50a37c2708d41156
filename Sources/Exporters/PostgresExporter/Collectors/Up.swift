import Catalog
import ExporterKit
import Postgres
import Telemetry

/// `pg_static`, and by its success `pg_up`. Costs the server next to nothing.
struct UpCollector: PostgresCollector {
  let name = "up"
  let help = "Si el servidor responde, y su versión."
  let namesServer = true
  /// A server that takes longer for this is as good as down.
  let limit = Duration.seconds(Self.limitSeconds)
  private static let limitSeconds = 3

  func statements(for server: ServerFacts) -> [Statement] { [Statement("up", "SELECT version()")] }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for row in answers.joined() {
      let labels = VersionLabels(
        server: session.server, shortVersion: Self.shortVersion(session.facts.version),
        version: try row.decode(0))
      batch.add(PG.version, labels, 1)
    }
  }

  /// `15.18.0` for 150018: three numbers, as the standard exporter writes what has had two since PostgreSQL 10.
  static func shortVersion(_ number: Int) -> String { "\(number / 10_000).\(number % 10_000).0" }
}
