import Catalog
import ExporterKit
import Postgres
import Telemetry

/// Where an answer comes from, for the labels.
struct PostgresSession: Sendable {
  let server: ServerLabel
  let facts: ServerFacts
}

/// How often a collector is asked in a scrape.
enum CollectorScope: Sendable {
  /// Once, in the main database: what it reads is the whole server's.
  case server
  /// Once in each database that is scraped; its series name it.
  case eachDatabase
}

/// A collector is statements: which ones, and how their answers are read, are all that it says. All statements of all
/// collectors of a database travel in one round trip.
protocol PostgresCollector: ExporterCollector {
  var scope: CollectorScope { get }
  /// Whether its series have the `server` label. Of several servers, the others are asked of the first alone, as the
  /// standard exporter does: their series would be the same.
  var namesServer: Bool { get }
  /// How old an answer may be; nil, the default: none is given twice. Its age is exported.
  var freshness: Duration? { get }
  /// What it needs of such a server; nothing where the server has nothing of the kind. The names are unique among all
  /// collectors. `limit` holds for all of them together.
  func statements(for server: ServerFacts) -> [Statement]
  /// - Parameter answers: one a statement, in their order. Where one failed this is not called.
  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws
}

extension PostgresCollector {
  var scope: CollectorScope { .server }
  var namesServer: Bool { false }
  var freshness: Duration? { nil }
}
