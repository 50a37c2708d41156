import Catalog
import ExporterKit

/// `pg_postmaster_start_time_seconds`: since when the server runs. Costs it nothing.
/// Source: PostgreSQL documentation, "Session Information Functions".
struct PostmasterCollector: StatViewCollector {
  let name = "postmaster"
  let help = "Desde cuándo corre el servidor."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "postmaster", from: "(VALUES (1)) AS one", prefix: PG.Postmaster.prefix, PG.Postmaster.all,
    sql: ["start_time_seconds": "extract(epoch FROM pg_postmaster_start_time())"])
}
