import Catalog
import ExporterKit

/// `pg_stat_activity_*`: sessions of each database by state, ours included. A state that no session is in is 0, so that
/// no series comes and goes. Costs the server a look at each session.
/// Source: PostgreSQL documentation, "The pg_stat_activity View".
struct StatActivityCollector: StatViewCollector {
  let name = "stat_activity"
  let help = "Sesiones de cada base por estado."
  let namesServer = true
  var view: StatView { Self.view }

  static let view = StatView(
    "stat_activity",
    from: """
      (VALUES ('active'), ('idle'), ('idle in transaction'), ('idle in transaction (aborted)'),
              ('fastpath function call'), ('disabled')) AS known(state)
      CROSS JOIN pg_database AS d
      LEFT JOIN (
        SELECT datid, state, count(*) AS sessions,
               max(extract(epoch FROM now() - xact_start)) AS max_tx_duration
        FROM pg_stat_activity GROUP BY datid, state
      ) AS found ON found.datid = d.oid AND found.state = known.state
      """,
    prefix: PG.StatActivity.prefix, PG.StatActivity.all, sql: ["count": "sessions"],
    labels: ["datname": "d.datname", "state": "known.state"], null: .zero)
}
