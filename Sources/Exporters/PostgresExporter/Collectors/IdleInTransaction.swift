import Catalog
import ExporterKit

/// `pg_idle_in_transaction_*`: sessions that hold a transaction open and do nothing, of each database; they keep VACUUM
/// from removing dead rows. Costs the server a look at each session. The standard exporter has nothing of the kind.
/// Source: PostgreSQL documentation, "The pg_stat_activity View".
struct IdleInTransactionCollector: StatViewCollector {
  let name = "idle_in_transaction"
  let help = "Sesiones ociosas con una transacción abierta."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "idle_in_transaction",
    from: """
      pg_database AS d LEFT JOIN pg_stat_activity AS a
        ON a.datid = d.oid AND a.state IN ('idle in transaction', 'idle in transaction (aborted)')
      WHERE d.datallowconn GROUP BY d.datname
      """,
    prefix: PG.IdleInTransaction.prefix, PG.IdleInTransaction.all,
    sql: [
      "sessions": "count(*) FILTER (WHERE a.pid IS NOT NULL)",
      "oldest_seconds": "max(extract(epoch FROM clock_timestamp() - a.state_change))",
    ],
    labels: ["datname": "d.datname"], null: .zero)
}
