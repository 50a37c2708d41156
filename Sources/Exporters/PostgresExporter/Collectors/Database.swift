import Catalog
import ExporterKit

/// `pg_database_connection_limit`: of each database, -1 where there is none. Costs the server a look at a small
/// catalogue. The sizes, which cost more, are in `database_size`; turning this one off turns both off.
/// Source: PostgreSQL documentation, "pg_database".
struct DatabaseCollector: StatViewCollector {
  let name = "database"
  let help = "Límite de conexiones de cada base; apagarlo apaga también los tamaños."
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_database", prefix: PG.Database.prefix, PG.Database.all, sql: ["connection_limit": "datconnlimit"])
}
