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
protocol PostgresCollector: ExporterCollector where Session == PostgresSession {
  /// - Parameter serverVersion: as `PostgresConnection.serverVersion`; 150018 is 15.18.
  func statement(serverVersion: Int) -> Statement
  func read(_ rows: QueryResult, from session: PostgresSession, into batch: inout SampleBatch) throws(PostgresError)
}

extension PostgresCollector {
  package func collect(
    from session: PostgresSession, into batch: inout SampleBatch, until deadline: ContinuousClock.Instant
  ) async throws {
    let statement = statement(serverVersion: session.connection.serverVersion)
    try read(try await session.connection.query(statement, deadline: deadline), from: session, into: &batch)
  }
}
