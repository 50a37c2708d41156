import Catalog
import ExporterKit

/// `pg_stat_activity_autovacuum_*`: since when each worker of autovacuum is at its table, which the server says in
/// the place of a query. Costs the server a look at each session.
/// Source: PostgreSQL documentation, "The pg_stat_activity View"; the text is `autovac_report_activity()`'s.
struct StatActivityAutovacuumCollector: StatViewCollector {
  let name = "stat_activity_autovacuum"
  let help = "Desde cuándo trabaja cada proceso de autovacuum."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "stat_activity_autovacuum", from: "pg_stat_activity WHERE query LIKE 'autovacuum:%' GROUP BY 1",
    prefix: PG.StatActivityAutovacuum.prefix, PG.StatActivityAutovacuum.all,
    sql: ["timestamp_seconds": "min(extract(epoch FROM xact_start))"],
    labels: ["relname": "split_part(query, '.'::text, 2)"], absent: ["timestamp_seconds"])
}
