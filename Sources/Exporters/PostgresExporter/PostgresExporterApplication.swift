import ExporterKit
import Logging
import Postgres
import Settings
import Topology

/// The exporter of a PostgreSQL server, as ExporterServer runs it.
package struct PostgresExporterApplication: ExporterApplication {
  package let process = Platform.postgresExporter
  package let summary = "exporta métricas de PostgreSQL a Prometheus, como postgres_exporter."
  package var flags: [Flag] { ScrapedDatabases.flags + PostgresCollectors.flags }
  package var variables: [Variable] { DataSourceVariables.all }
  /// Without flags none is refused.
  package var collectors: [any ExporterCollector] { (try? PostgresCollectors.make(.none)) ?? [] }

  package init() {}

  package func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
    let enabled = try PostgresCollectors.make(options.flags).filter { options.enabledCollectors.contains($0.name) }
    let sources = try DataSource.all(options.settings)
    // Says which variable is missing.
    if sources.isEmpty { _ = try options.settings.required(Variables.databaseURL) }
    let target = PostgresTarget(sources, databases: ScrapedDatabases(options.flags), logger: logger)
    return ExporterSources(main: Scraper(target, collectors: enabled, name: { $0.name }, logger: logger))
  }
}
