import Catalog
import ExporterKit
import Logging
import MetricModel
import Postgres
import Telemetry

/// The server that DATABASE_URL names.
struct PostgresTarget: ExporterTarget {
  let up: Family<Gauge, NoLabels>? = PG.up
  let selfFamilies = ExporterSelf.postgres
  let usage = TargetUsage()
  private let configuration: PostgresConfiguration
  private let sessions: SessionKeeper<TargetSession>

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
    let host = configuration.host.isEmpty ? "localhost" : configuration.host
    let server = ServerLabel("\(host):\(configuration.port)")
    sessions = SessionKeeper { [configuration] deadline in
      TargetSession(
        connection: try await PostgresConnection.connect(configuration, deadline: deadline, logger: logger),
        server: server)
    } isUsable: {
      $0.connection.isUsable
    } close: {
      await $0.connection.close()
    }
  }

  var address: String { configuration.redactedDescription }

  func collect(
    _ collectors: [any PostgresCollector], until deadline: ContinuousClock.Instant,
    reporting progress: ScrapeProgress
  ) async {
    for (index, collector) in collectors.enumerated() {
      progress.begin(collector.name)
      do {
        let limit = limit(of: collector, until: deadline, isLast: index == collectors.count - 1)
        let batch = try await read(collector, retries: index == 0, until: limit)
        if index == 0 { progress.targetAnswered() }
        progress.succeed(collector.name, with: batch)
      } catch {
        progress.fail(collector.name, error)
        // Where the first gets no answer the others would only wait.
        if index == 0 { return await sessions.forget() }
      }
    }
  }

  /// - Parameter retries: whether a session that was kept since the last scrape may turn out to be dead, as when the
  ///   server was restarted.
  private func read(
    _ collector: any PostgresCollector, retries: Bool, until limit: ContinuousClock.Instant
  ) async throws -> SampleBatch {
    let (session, isNew) = try await sessions.session(until: limit)
    do {
      return try await read(collector, from: session, until: limit)
    } catch  where retries && !isNew && !failure(of: error).isTimeout {
      await sessions.forget()
      return try await read(collector, from: try await sessions.session(until: limit).session, until: limit)
    }
  }

  private func read(
    _ collector: any PostgresCollector, from session: TargetSession, until limit: ContinuousClock.Instant
  ) async throws -> SampleBatch {
    let connection = session.connection
    let facts = ServerFacts(version: connection.serverVersion, database: connection.configuration.database)
    var answers: [QueryResult] = []
    for statement in collector.statements(for: facts) {
      usage.addQueries(1)
      answers.append(try await connection.query(statement, deadline: limit))
    }
    guard !answers.isEmpty else { throw NothingToRead("\(collector.name) on this server") }
    var batch = SampleBatch()
    try collector.read(answers, from: PostgresSession(server: session.server, facts: facts), into: &batch)
    return batch
  }

  private func limit(
    of collector: any PostgresCollector, until deadline: ContinuousClock.Instant, isLast: Bool
  ) -> ContinuousClock.Instant {
    let now = ContinuousClock.now
    return now + ScrapeBudget.allowance(limit: collector.limit, remaining: deadline - now, isLast: isLast)
  }

  func close() async { await sessions.forget() }

  func failure(of error: any Error) -> CollectorFailure {
    guard let error = error as? PostgresError else {
      return CollectorFailure(category: "\(type(of: error))", isTimeout: false)
    }
    let category = [error.kind.rawValue, error.sqlState?.code].compactMap { $0 }.joined(separator: " ")
    return CollectorFailure(category: category, isTimeout: error.kind == .timedOut)
  }
}

/// A connection with what its samples are labelled with.
private struct TargetSession: Sendable {
  let connection: PostgresConnection
  let server: ServerLabel
}
