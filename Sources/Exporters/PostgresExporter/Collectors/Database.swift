import Catalog
import ExporterKit

/// `pg_database_connection_limit`: of each database, -1 where there is none. Costs the server a look at a small
/// catalogue. The sizes, which cost more, are in `database_size`; turning this one on or off turns both on or off,
/// as with the standard exporter, unless `database_size` has its own flag.
/// Source: PostgreSQL documentation, "pg_database".
struct DatabaseCollector: StatViewCollector {
  let name = "database"
  let help = "Límite de conexiones de cada base; prenderlo o apagarlo vale también para los tamaños."
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_database", prefix: PG.Database.prefix, PG.Database.all, sql: ["connection_limit": "datconnlimit"])
}
