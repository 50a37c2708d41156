import ExporterKit
import Logging
import Postgres
import Settings
import Topology

/// The exporter of a PostgreSQL server, as ExporterServer runs it.
package struct PostgresExporterApplication: ExporterApplication {
  package let process = Platform.postgresExporter
  package let summary = "exporta métricas de PostgreSQL a Prometheus, como postgres_exporter."
  package var flags: [Flag] { PostgresCollectors.flags }
  /// Without flags none is refused.
  package var collectors: [any ExporterCollector] { (try? PostgresCollectors.make(.none)) ?? [] }

  package init() {}

  package func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
    let url = try options.settings.required(Variables.databaseURL)
    let all = try PostgresCollectors.make(options.flags)
    let enabled = all.filter { options.enabledCollectors.contains($0.name) }
    do {
      let target = try PostgresTarget(url: url, logger: logger)
      return ExporterSources(main: Scraper(target, collectors: enabled, name: { $0.name }, logger: logger))
    } catch {
      throw SettingsError(Variables.databaseURL, "no se puede usar: \(error)", remedy: "corregila")
    }
  }
}
