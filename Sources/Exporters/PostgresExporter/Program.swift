import ExporterKit
import Postgres
import Settings
import Topology

/// The exporter as a process; `main.swift` calls it.
package enum PostgresExporterProgram {
  /// - Returns: the exit code.
  package static func run(_ arguments: [String]) async -> Int32 {
    await ExporterProgram(Platform.postgresExporter) { (settings, logger) throws(SettingsError) in
      let url = try settings.required(Variables.databaseURL)
      do {
        return Scraper(
          try PostgresTarget(url: url, logger: logger), probe: UpCollector(), collectors: collectors, logger: logger)
      } catch {
        throw SettingsError(Variables.databaseURL, "no se puede usar: \(error)", remedy: "corregila")
      }
    }.run(arguments)
  }

  /// In the order in which they run.
  private static let collectors: [any ExporterCollector<PostgresSession>] = [
    StatDatabaseCollector(), StatDatabaseConflictsCollector(), SettingsCollector(),
  ]
}
