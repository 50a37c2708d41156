import Catalog
import ExporterKit
import Postgres
import Telemetry

/// `pg_database_size_bytes`: what each database takes on disk. Costs the server a look at every file of every database,
/// milliseconds for a few hundred tables, so that an answer is used for half a minute. A database that the role may
/// neither connect to nor read the statistics of has no series.
/// Source: PostgreSQL documentation, "Database Object Size Functions".
struct DatabaseSizeCollector: StatViewCollector {
  let name = "database_size"
  let help = "Tamaño de cada base, con hasta 30 segundos de antigüedad."
  let namesServer = true
  let freshness: Duration? = .seconds(Self.maximumAgeSeconds)
  var view: StatView { Self.view }
  private static let maximumAgeSeconds = 30

  static let view = StatView(
    "database_size", from: "pg_database", prefix: PG.DatabaseSize.prefix, PG.DatabaseSize.all,
    sql: [
      "bytes": """
      CASE WHEN has_database_privilege(oid, 'CONNECT'::text)
             OR pg_has_role('pg_read_all_stats'::name, 'USAGE'::text) THEN pg_database_size(oid) END
      """
    ],
    absent: ["bytes"])
}
