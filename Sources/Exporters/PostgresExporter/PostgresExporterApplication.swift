import ExporterKit
import Logging
import Postgres
import Settings
import Topology
import Yaml

/// The exporter of a PostgreSQL server, as ExporterServer runs it.
package struct PostgresExporterApplication: ExporterApplication {
  package let process = Platform.postgresExporter
  package let summary = "exporta métricas de PostgreSQL a Prometheus, como postgres_exporter."
  package var flags: [Flag] { [Self.configFile] + ScrapedDatabases.flags + PostgresCollectors.flags }
  package let absentFlags = [
    AbsentFlag(
      "metric-prefix", default: "pg", environment: ["PG_EXPORTER_METRIC_PREFIX"],
      because: "renombrá con metric_relabel_configs de Prometheus"),
    AbsentFlag(
      "constantLabels", environment: ["PG_EXPORTER_CONSTANT_LABELS"],
      because: "está en desuso; poné las etiquetas en el static_config de Prometheus"),
    AbsentFlag("dumpmaps", .toggle, because: "las familias están en docs/exporters/postgres.md"),
  ]
  package var variables: [Variable] { DataSourceVariables.all }
  /// Without flags none is refused.
  package var collectors: [any ExporterCollector] { (try? PostgresCollectors.make(.none)) ?? [] }

  package var webEnvironment: [String: [String]] { ["web.telemetry-path": ["PG_EXPORTER_WEB_TELEMETRY_PATH"]] }

  private static let configFile = Flag(
    "config.file", placeholder: "ARCHIVO", default: "postgres_exporter.yml",
    "YAML con auth_modules: las credenciales de /probe?target=, y a qué servidores (targets) se pueden mandar.")

  package init() {}

  package func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
    let enabled = try PostgresCollectors.enabled(options, logger: logger)
    let databases = ScrapedDatabases(options.flags)
    @Sendable func scraper(_ sources: [DataSource]) -> Scraper<PostgresTarget> {
      let target = PostgresTarget(sources, databases: databases, logger: logger)
      return Scraper(target, collectors: enabled, name: { $0.name }, executor: options.executor, logger: logger)
    }
    let sources = try DataSource.all(options.settings)
    let modules = try Self.authModules(options.flags)
    // Says which variable is missing.
    if sources.isEmpty, modules.isEmpty { _ = try options.settings.required(Variables.databaseURL) }
    return ExporterSources(
      main: sources.isEmpty ? nil : scraper(sources),
      probe: modules.isEmpty ? nil : PostgresProbes(modules) { scraper([$0]) })
  }

  /// The file need not be there where no flag names it.
  private static func authModules(_ flags: FlagValues) throws -> [AuthModule] {
    guard let path = flags.text(configFile) else { return [] }
    do {
      return try AuthModule.all(String(decoding: try FileReader.bytes(of: path), as: UTF8.self))
    } catch let error as YamlError {
      throw FlagMistake("--config.file, \(path): \(error)")
    } catch {
      guard flags.isGiven(configFile) else { return [] }
      throw FlagMistake("--config.file, \(path): \(error)")
    }
  }
}
