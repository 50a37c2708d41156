import Catalog
import ExporterKit

/// `pg_roles_connection_limit`: of each role, -1 where there is none. Costs the server a look at a small catalogue.
/// Source: PostgreSQL documentation, "pg_roles".
struct RolesCollector: StatViewCollector {
  let name = "roles"
  let help = "Límite de conexiones de cada rol."
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_roles", prefix: PG.Roles.prefix, PG.Roles.all, sql: ["connection_limit": "rolconnlimit"])
}
