import Catalog
import ExporterKit

/// `pg_locks_count`: locks of each database by mode, held and awaited ones, our own look included. A mode that nobody
/// uses is 0. Costs the server a look at its lock table, during which nobody takes a lock: microseconds.
/// Source: PostgreSQL documentation, "pg_locks".
struct LocksCollector: StatViewCollector {
  let name = "locks"
  let help = "Bloqueos de cada base por modo."
  let namesServer = true
  var view: StatView { Self.view }

  static let view = StatView(
    "locks",
    from: """
      (VALUES ('accesssharelock'), ('rowsharelock'), ('rowexclusivelock'), ('shareupdateexclusivelock'),
              ('sharelock'), ('sharerowexclusivelock'), ('exclusivelock'), ('accessexclusivelock'),
              ('sireadlock')) AS known(mode)
      CROSS JOIN pg_database AS d
      LEFT JOIN (
        SELECT database, lower(mode) AS mode, count(*) AS locks
        FROM pg_locks WHERE database IS NOT NULL GROUP BY database, lower(mode)
      ) AS found ON found.database = d.oid AND found.mode = known.mode
      """,
    prefix: PG.Locks.prefix, PG.Locks.all, sql: ["count": "locks"],
    labels: ["datname": "d.datname", "mode": "known.mode"], null: .zero)
}
