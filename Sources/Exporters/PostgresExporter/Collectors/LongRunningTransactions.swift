import Catalog
import ExporterKit

/// `pg_long_running_transactions*`: open transactions beside autovacuum's and ours, and the age of the oldest. Costs
/// the server a look at each session.
/// Source: PostgreSQL documentation, "The pg_stat_activity View".
struct LongRunningTransactionsCollector: StatViewCollector {
  let name = "long_running_transactions"
  let help = "Transacciones abiertas y la edad de la más vieja."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "long_running_transactions",
    from: """
      pg_stat_activity
      WHERE state IS DISTINCT FROM 'idle' AND query NOT LIKE 'autovacuum:%' AND xact_start IS NOT NULL
        AND pid <> pg_backend_pid()
      """,
    prefix: "pg_", PG.LongRunningTransactions.all,
    sql: [
      "long_running_transactions": "count(*)",
      "long_running_transactions_oldest_timestamp_seconds": "max(extract(epoch FROM clock_timestamp() - xact_start))",
    ],
    null: .zero)
}
