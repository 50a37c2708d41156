import Catalog
import ExporterKit

/// `pg_xid_*`: where the transaction numbers are. Unlike the standard exporter's, this statement takes none of them:
/// `current` is the next one to be given out. NaN on a replica. Costs the server a snapshot.
/// Source: PostgreSQL documentation, "Transaction ID and Snapshot Information Functions".
struct XidCollector: StatViewCollector {
  let name = "xid"
  let help = "Números de transacción."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "xid",
    from: """
      (SELECT pg_snapshot_xmin(snapshot)::text::numeric AS low, pg_snapshot_xmax(snapshot)::text::numeric AS high
       FROM (SELECT pg_current_snapshot() AS snapshot WHERE NOT pg_is_in_recovery()) AS taken) AS ends
      RIGHT JOIN (VALUES (1)) AS one ON true
      """,
    prefix: PG.Xid.prefix, PG.Xid.all,
    sql: [
      "current": "high % \(SQLText.exactIntegers)", "xmin": "low % \(SQLText.exactIntegers)", "xmin_age": "high - low",
    ])
}
