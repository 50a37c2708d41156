import ExporterKit
import Postgres
import Telemetry

/// A collector that is one view: which one is all that it says.
protocol StatViewCollector: PostgresCollector {
  var view: StatView { get }
  /// The versions of the server that have it, as `ServerFacts.version`.
  var versions: Range<Int> { get }
}

extension StatViewCollector {
  var versions: Range<Int> { 0..<Int.max }

  func statements(for server: ServerFacts) -> [Statement] {
    versions.contains(server.version) ? [view.statement(serverVersion: server.version)] : []
  }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for rows in answers { try view.read(rows, from: session, into: &batch) }
  }
}
