import Logging
import Postgres
import TestSupport
import Testing

/// A database of a test's own on the shared server.
struct Fixture {
  let server: PostgresServer
  let database: String
  let configuration: PostgresConfiguration

  static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  static func make() async throws -> Fixture {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    return Fixture(server: server, database: database, configuration: try configuration(server, database))
  }

  static func configuration(
    _ server: PostgresServer, _ database: String = "postgres"
  ) throws -> PostgresConfiguration {
    try PostgresConfiguration(url: server.url(database: database), applicationName: "tests")
  }

  func connection() async throws -> PostgresConnection {
    try await PostgresConnection.connect(configuration, deadline: .in(5), logger: Self.logger)
  }

  func pool(_ limits: PostgresPool.Limits = .init(), observer: (any PostgresObserver)? = nil) -> PostgresPool {
    PostgresPool(configuration: configuration, limits: limits, logger: Self.logger, observer: observer)
  }

  /// What runs or waits in this database, other than the one who asks.
  func running() async throws -> String {
    try await server.psql(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(database)' AND state <> 'idle'")
  }
}

extension ContinuousClock.Instant {
  /// So many seconds from now.
  static func `in`(_ seconds: Double) -> Self { .now + .seconds(seconds) }
}

/// What a busy machine may add to a time.
let slack = Duration.milliseconds(800)

/// One at a time, since their times are judged.
@Suite("On real servers", .serialized)
struct OnRealServers {}

/// Tries until it holds; false if it did not within the time.
func eventually(within timeout: Duration, _ condition: () async throws -> Bool) async throws -> Bool {
  let end = ContinuousClock.now + timeout
  while .now < end {
    if try await condition() { return true }
    try await Task.sleep(for: .milliseconds(20))
  }
  return false
}

/// The driver's error that the operation ends with.
func failure(_ operation: () async throws -> Void) async throws -> PostgresError? {
  do {
    try await operation()
    return nil
  } catch let error as PostgresError {
    return error
  }
}

extension Statement {
  static let one = Statement("one", "SELECT 1 AS one")
  static let sleep = Statement("sleep", "SELECT pg_sleep($1)")
}
