import Catalog
import ExporterKit
import Postgres
import Telemetry

/// A connection with what its samples are labelled with.
struct PostgresSession: Sendable {
  let connection: PostgresConnection
  let server: ServerLabel
}

/// A collector that is one statement: which one, and how its answer is read, are all that it says.
protocol PostgresCollector: ExporterCollector {
  /// - Parameter serverVersion: as `PostgresConnection.serverVersion`; 150018 is 15.18.
  func statement(serverVersion: Int) -> Statement
  func read(_ rows: QueryResult, from session: PostgresSession, into batch: inout SampleBatch) throws(PostgresError)
}
