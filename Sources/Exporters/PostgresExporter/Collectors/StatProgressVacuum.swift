import Catalog
import ExporterKit
import MetricModel
import Postgres
import Telemetry

/// `pg_stat_progress_vacuum_*`: each VACUUM that runs, autovacuum's included; of another database the table is its
/// number. Since PostgreSQL 17 there is no `max_dead_tuples`: the limit is in bytes. Costs the server next to nothing.
/// Source: PostgreSQL documentation, "VACUUM Progress Reporting", with the list of phases.
struct StatProgressVacuumCollector: PostgresCollector {
  let name = "stat_progress_vacuum"
  let help = "Cada VACUUM en curso."

  static let phases = [
    "initializing", "scanning heap", "vacuuming indexes", "vacuuming heap", "cleaning up indexes", "truncating heap",
    "performing final cleanup",
  ]

  /// By the name of the table as the reader sees it in its own database.
  static let relationName =
    "coalesce(CASE WHEN datname = current_database() THEN relid::regclass::text END, relid::text)"

  private static let beforeDeadItems = view(deadTuples: "num_dead_tuples")
  private static let withDeadItems = view(deadTuples: "num_dead_item_ids")

  private static func view(deadTuples: String) -> StatView {
    StatView(
      "pg_stat_progress_vacuum", prefix: PG.StatProgressVacuum.prefix,
      PG.StatProgressVacuum.all.filter { $0 != PG.StatProgressVacuum.phase.descriptor },
      sql: [
        "heap_blks": "heap_blks_total", "index_vacuums": "index_vacuum_count", "num_dead_tuples": deadTuples,
      ],
      labels: ["relname": relationName], until: ["max_dead_tuples": 170_000], null: .zero, extra: ["phase"])
  }

  static func view(serverVersion: Int) -> StatView { serverVersion < 170_000 ? beforeDeadItems : withDeadItems }

  func statements(for server: ServerFacts) -> [Statement] {
    [Self.view(serverVersion: server.version).statement(serverVersion: server.version)]
  }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    let view = Self.view(serverVersion: session.facts.version)
    let phaseColumn = view.extraIndex(serverVersion: session.facts.version)
    for rows in answers {
      for row in rows {
        let database = PG.PhaseRow(database: try row.decode(0, as: String?.self), relation: try row.decode(1))
        let current = try row.decode(phaseColumn, as: String?.self)
        for phase in Self.phases {
          batch.add(PG.StatProgressVacuum.phase, database.labels(phase), phase == current ? 1 : 0)
        }
      }
      try view.read(rows, from: session, into: &batch)
    }
  }
}

extension PG {
  /// What a running VACUUM is at, without the phase.
  fileprivate struct PhaseRow {
    let database: String?
    let relation: String

    func labels(_ phase: String) -> Triple<DatabaseName, RelationName, PhaseLabel> {
      Triple(DatabaseName(database ?? "unknown"), RelationName(relation), PhaseLabel(phase))
    }
  }
}
