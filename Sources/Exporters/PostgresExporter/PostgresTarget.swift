import Catalog
import ExporterKit
import Logging
import MetricModel
import Postgres

/// The server that DATABASE_URL names.
struct PostgresTarget: ExporterTarget {
  let up = PG.up
  let selfFamilies = ExporterSelf.postgres
  private let configuration: PostgresConfiguration
  private let logger: Logger
  private let server: ServerLabel

  init(url: String, logger: Logger) throws(PostgresConfigurationError) {
    var configuration = try PostgresConfiguration(url: url, applicationName: "postgres-exporter")
    configuration.sessionSettings = [
      // The server ends what a killed exporter left running. `SettingsCollector` does not show it.
      "client_connection_check_interval": "1s",
      "DateStyle": "ISO",
      // As the standard exporter's driver sets it; visible in pg_settings.
      "extra_float_digits": "2",
    ]
    self.configuration = configuration
    self.logger = logger
    let host = configuration.host.isEmpty ? "localhost" : configuration.host
    server = ServerLabel("\(host):\(configuration.port)")
  }

  var address: String { configuration.redactedDescription }

  func open(until deadline: ContinuousClock.Instant) async throws -> PostgresSession {
    let connection = try await PostgresConnection.connect(configuration, deadline: deadline, logger: logger)
    return PostgresSession(connection: connection, server: server)
  }

  func isUsable(_ session: PostgresSession) -> Bool { session.connection.isUsable }

  func close(_ session: PostgresSession) async { await session.connection.close() }

  func failure(of error: any Error) -> CollectorFailure {
    guard let error = error as? PostgresError else {
      return CollectorFailure(category: "\(type(of: error))", isTimeout: false)
    }
    let category = [error.kind.rawValue, error.sqlState?.code].compactMap { $0 }.joined(separator: " ")
    return CollectorFailure(category: category, isTimeout: error.kind == .timedOut)
  }
}
