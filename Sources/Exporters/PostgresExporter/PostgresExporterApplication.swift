import ExporterKit
import Logging
import Postgres
import Settings
import Topology

/// The exporter of a PostgreSQL server, as ExporterServer runs it.
package struct PostgresExporterApplication: ExporterApplication {
  package let process = Platform.postgresExporter
  package let summary = "exporta métricas de PostgreSQL a Prometheus, como postgres_exporter."
  package let flags: [Flag] = []
  package var collectors: [any ExporterCollector] { Self.postgresCollectors }

  package init() {}

  package func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
    let url = try options.settings.required(Variables.databaseURL)
    let enabled = Self.postgresCollectors.filter { options.enabledCollectors.contains($0.name) }
    do {
      let target = try PostgresTarget(url: url, logger: logger)
      return ExporterSources(main: Scraper(target, collectors: enabled, name: { $0.name }, logger: logger))
    } catch {
      throw SettingsError(Variables.databaseURL, "no se puede usar: \(error)", remedy: "corregila")
    }
  }

  /// In the order in which they run; the first decides whether the server is up.
  private static let postgresCollectors: [any PostgresCollector] = [
    UpCollector(), StatDatabaseCollector(), StatDatabaseConflictsCollector(), SettingsCollector(),
  ]
}
