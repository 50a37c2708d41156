import Catalog
import ExporterKit

/// `pg_wait_events_sessions`: how many sessions and server processes wait for what. Events that nobody waits for have
/// no series: there are hundreds. Costs the server a look at each session. The standard exporter has nothing of the
/// kind.
/// Source: PostgreSQL documentation, "Wait Event Types".
struct WaitEventsCollector: StatViewCollector {
  let name = "wait_events"
  let help = "Qué esperan las sesiones."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "wait_events",
    from: """
      pg_stat_activity WHERE wait_event IS NOT NULL AND pid <> pg_backend_pid()
      GROUP BY datname, wait_event_type, wait_event
      """,
    prefix: PG.WaitEvents.prefix, PG.WaitEvents.all, sql: ["sessions": "count(*)"])
}
