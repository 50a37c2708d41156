import Catalog
import ExporterKit
import Logging
import Postgres
import Synchronization

/// A session in one database, with what is known of the server there.
final class DatabaseSession: Sendable {
  private struct Knowledge {
    var facts: ServerFacts
    /// By collector: making the texts anew would be a good part of a scrape.
    var statements: [String: [Statement]] = [:]
  }

  let connection: PostgresConnection
  let server: ServerLabel
  private let knowledge: Mutex<Knowledge>

  private init(_ connection: PostgresConnection, _ server: ServerLabel, _ facts: ServerFacts) {
    self.connection = connection
    self.server = server
    knowledge = Mutex(Knowledge(facts: facts))
  }

  static func open(
    _ configuration: PostgresConfiguration, deadline: ContinuousClock.Instant, logger: Logger
  ) async throws(PostgresError) -> DatabaseSession {
    let connection = try await PostgresConnection.connect(configuration, deadline: deadline, logger: logger)
    do {
      let rows = try await connection.query(ServerFacts.statement, deadline: deadline)
      let facts = try ServerFacts(of: connection, rows)
      return DatabaseSession(connection, configuration.serverLabel, facts)
    } catch {
      await connection.close()
      throw error
    }
  }

  var facts: ServerFacts { knowledge.withLock { $0.facts } }

  /// - Returns: whether they are others than before.
  func learn(_ facts: ServerFacts) -> Bool {
    knowledge.withLock { knowledge in
      guard knowledge.facts != facts else { return false }
      knowledge = Knowledge(facts: facts)
      return true
    }
  }

  func statements(of collector: any PostgresCollector) -> [Statement] {
    knowledge.withLock { knowledge in
      if let known = knowledge.statements[collector.name] { return known }
      let statements = collector.statements(for: knowledge.facts)
      knowledge.statements[collector.name] = statements
      return statements
    }
  }

  /// - Parameter configuration: asked at each attempt, since passwords change; by the deadline.
  static func keeper(
    _ configuration: @escaping @Sendable (ContinuousClock.Instant) async throws -> PostgresConfiguration, logger: Logger
  ) -> SessionKeeper<DatabaseSession> {
    SessionKeeper { deadline in
      try await open(try await configuration(deadline), deadline: deadline, logger: logger)
    } isUsable: {
      $0.connection.isUsable
    } close: {
      await $0.connection.close()
    }
  }
}

extension PostgresConfiguration {
  /// Host and port as the standard exporter labels them.
  var serverLabel: ServerLabel { ServerLabel("\(host.isEmpty ? "localhost" : host):\(port)") }

  var place: DataSource.Place { DataSource.Place(database: database, server: serverLabel) }

  /// What a session of the exporter's has set.
  mutating func setExporterSettings() {
    sessionSettings = [
      // The server ends what a killed exporter left running. `SettingsCollector` does not show it.
      "client_connection_check_interval": "1s",
      "DateStyle": "ISO",
      // As the standard exporter's driver sets it; visible in pg_settings.
      "extra_float_digits": "2",
    ]
  }
}
