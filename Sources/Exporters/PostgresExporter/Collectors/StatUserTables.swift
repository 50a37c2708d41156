import Catalog
import ExporterKit
import Logging
import MetricModel
import Postgres
import Telemetry

/// `pg_stat_user_tables_*`: use, rows, upkeep and size of the largest tables of each database, and how many others
/// there are. Costs the server some 15 µs a table, and for its sizes a look at each of its files. A table that
/// somebody holds exclusively has no sizes: asking for them would wait for its lock.
/// Source: PostgreSQL documentation, "The pg_stat_all_tables View".
struct StatUserTablesCollector: PostgresCollector {
  let name = "stat_user_tables"
  let help = "Uso, filas, mantenimiento y tamaño de las tablas más grandes de cada base."
  let scope = CollectorScope.eachDatabase
  let view: StatView
  private let limit: Int
  private let once: OnceLog

  static let limitFlag = Flag(
    "collector.stat_user_tables.limit", placeholder: "N", default: "\(LargestRelations.defaultTables)",
    "Cuántas tablas de cada base se exportan una por una, las más grandes; también en statio_user_tables.")

  init(limit: Int, once: OnceLog) {
    self.limit = limit
    self.once = once
    let tables = LargestRelations(kind: .table, limit: limit)
    view = StatView(
      name, from: tables.joined(with: "pg_stat_user_tables", by: "relid") + " " + Self.held,
      prefix: PG.StatUserTables.prefix, Self.families,
      sql: [
        "index_size_bytes": "CASE WHEN held.oid IS NULL THEN pg_indexes_size(chosen.oid::regclass) END",
        "table_size_bytes": "CASE WHEN held.oid IS NULL THEN pg_table_size(chosen.oid::regclass) END",
      ],
      labels: ["datname": "current_database()"],
      instants: ["last_vacuum", "last_autovacuum", "last_analyze", "last_autoanalyze"], null: .zero,
      absent: ["index_size_bytes", "table_size_bytes"], extra: ["chosen.total"])
  }

  private static let families = PG.StatUserTables.all.filter { $0 != PG.StatUserTables.beyondLimit.descriptor }

  /// Tables that somebody holds exclusively, or an index of which; `pg_table_size()` and `pg_indexes_size()` lock what
  /// they measure, and would wait.
  private static let held = """
    LEFT JOIN (
      SELECT DISTINCT coalesce(i.indrelid, l.relation) AS oid
      FROM pg_locks AS l LEFT JOIN pg_index AS i ON i.indexrelid = l.relation
      WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) AS held ON held.oid = chosen.oid
    """

  func statements(for server: ServerFacts) -> [Statement] { [view.statement(serverVersion: server.version)] }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for rows in answers {
      try view.read(rows, from: session, into: &batch)
      let total = try rows.first?.decode(view.extraIndex(serverVersion: session.facts.version), as: Int.self) ?? 0
      let others = max(total - limit, 0)
      batch.add(PG.StatUserTables.beyondLimit, DatabaseName(session.facts.database), Double(others))
      guard others > 0 else { continue }
      once.notice(
        "a database has more tables than are exported; raise --collector.stat_user_tables.limit to see the others",
        about: "tables beyond the limit of \(session.server.labelValue)/\(session.facts.database)",
        metadata: ["database": "\(session.facts.database)", "others": "\(others)", "limit": "\(limit)"])
    }
  }
}
