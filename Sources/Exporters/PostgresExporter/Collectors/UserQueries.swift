import Catalog
import ExporterKit
import MetricModel
import Postgres
import Telemetry

/// `pg_exporter_user_queries_load_error`: 1 while something in the file of custom queries cannot be used. Costs the
/// server a statement that does nothing, and only where there is such a file.
struct UserQueriesCollector: PostgresCollector {
  let name = "user_queries"
  let help = "Si el archivo de consultas propias se pudo leer."
  let path: String
  /// SHA-256 in hexadecimal; empty where the file cannot be read.
  let hashSum: String
  let hasFailed: Bool

  func statements(for server: ServerFacts) -> [Statement] { [Statement(name, "SELECT 1")] }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    batch.add(PG.UserQueries.loadError, Pair(PG.FileName(path), PG.HashSum(hashSum)), hasFailed ? 1 : 0)
  }
}
