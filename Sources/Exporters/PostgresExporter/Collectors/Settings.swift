import Catalog
import ExporterKit
import MetricModel
import Postgres
import Telemetry

/// `pg_settings_*`: every numeric and boolean setting, in seconds and bytes. The answer has some 300 rows; the server
/// makes them in about a millisecond.
struct SettingsCollector: PostgresCollector {
  let name = "settings"
  let help = "Parámetros del servidor."
  let namesServer = true

  func statements(for server: ServerFacts) -> [Statement] {
    [
      Statement(
        "settings",
        """
        SELECT name,
               CASE name WHEN 'client_connection_check_interval' THEN reset_val ELSE setting END,
               unit, short_desc, vartype
        FROM pg_settings WHERE vartype IN ('bool', 'integer', 'real')
        """)
    ]
  }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for row in answers.joined() {
      let setting = Setting(
        name: try row.decode(0), value: try row.decode(1), unit: try row.decode(2, as: String?.self),
        description: try row.decode(3), isBoolean: try row.decode(4, as: String.self) == "bool")
      if let (family, value) = setting.sample {
        batch.add(family, labelValues: [session.server.labelValue], value)
      }
    }
  }
}
