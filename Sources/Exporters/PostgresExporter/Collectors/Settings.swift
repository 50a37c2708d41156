import Catalog
import ExporterKit
import MetricModel
import Postgres
import Synchronization
import Telemetry

/// `pg_settings_*`: every numeric and boolean setting, in seconds and bytes. The answer has some 300 rows; the server
/// makes them in about a millisecond.
struct SettingsCollector: PostgresCollector {
  let name = "settings"
  let help = "Parámetros del servidor."
  let namesServer = true
  private let shapes = SettingShapes()

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
    let labelValues = [session.server.labelValue]
    var known = shapes.known(of: session.facts.version)
    for row in answers.joined() {
      let shape = try known.shape(of: row)
      if let value = shape.value(try row.decode(1, as: String?.self) ?? "") {
        batch.add(shape.family, labelValues: labelValues, value)
      }
    }
    shapes.keep(known)
  }
}

/// What the settings were made into at the scrape before, so that names and texts are built once.
private final class SettingShapes: Sendable {
  struct Known: Sendable {
    let version: Int
    private var shapes: [String: (unit: String?, isBoolean: Bool, shape: SettingShape)] = [:]

    init(version: Int) { self.version = version }

    /// - Parameter row: name, value, unit, description and type.
    mutating func shape(of row: Row) throws -> SettingShape {
      let name = try row.decode(0, as: String.self)
      let unit = try row.decode(2, as: String?.self)
      let isBoolean = try row.decode(4, as: String.self) == "bool"
      if let found = shapes[name], found.unit == unit, found.isBoolean == isBoolean { return found.shape }
      let shape = Setting(
        name: name, value: "", unit: unit, description: try row.decode(3, as: String?.self) ?? name,
        isBoolean: isBoolean
      ).shape
      // Names are the operator's: a million of them are not kept.
      if shapes.count < SettingShapes.maximumSettings { shapes[name] = (unit, isBoolean, shape) }
      return shape
    }
  }

  static let maximumSettings = 2_000

  private let last = Mutex(Known(version: 0))

  /// Of another version the texts are others.
  func known(of version: Int) -> Known {
    last.withLock { $0.version == version ? $0 : Known(version: version) }
  }

  func keep(_ known: Known) { last.withLock { $0 = known } }
}
