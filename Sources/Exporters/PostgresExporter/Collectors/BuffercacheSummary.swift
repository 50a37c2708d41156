import Catalog
import ExporterKit
import MetricModel
import Postgres
import Telemetry

/// `pg_buffercache_summary_*`: how full the shared buffers are, since PostgreSQL 16 and where the extension
/// `pg_buffercache` is installed. Costs the server a look at each buffer, without a lock.
/// Source: PostgreSQL documentation, "pg_buffercache".
struct BuffercacheSummaryCollector: PostgresCollector {
  let name = "buffercache_summary"
  let help = "Uso de los buffers compartidos; necesita la extensión pg_buffercache."
  let isDefault = false
  private static let firstVersion = 160_000
  private static let columns = PG.BuffercacheSummary.all.map {
    String($0.name.dropFirst(PG.BuffercacheSummary.prefix.count))
  }

  func statements(for server: ServerFacts) -> [Statement] {
    guard server.version >= Self.firstVersion, let place = server.extensions["pg_buffercache"] else { return [] }
    let function = "\(SQLText.identifier(place.schema)).pg_buffercache_summary()"
    return [Statement(name, "SELECT \(Self.columns.joined(separator: ", ")) FROM \(function)")]
  }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for row in answers.joined() {
      for (index, family) in PG.BuffercacheSummary.all.enumerated() {
        batch.add(family, labelValues: [], try row.decode(index, as: Double?.self) ?? 0)
      }
    }
  }
}
