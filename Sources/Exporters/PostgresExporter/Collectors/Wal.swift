import Catalog
import ExporterKit

/// `pg_wal_*`: how many segments are kept, and how large they are. Costs the server a look at each file of `pg_wal`.
/// Source: PostgreSQL documentation, "Generic File Access Functions" (`pg_ls_waldir`).
struct WalCollector: StatViewCollector {
  let name = "wal"
  let help = "Segmentos de WAL en disco."
  var view: StatView { Self.view }

  static let view = StatView(
    "wal", from: "pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'",
    prefix: PG.Wal.prefix, PG.Wal.all, sql: ["segments": "count(*)", "size_bytes": "sum(size)"],
    absent: ["size_bytes"])
}
