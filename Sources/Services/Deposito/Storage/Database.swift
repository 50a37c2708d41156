import Catalog
import Logging
import MetricModel
import Postgres
import ServiceKit
import Settings
import Synchronization
import Telemetry
import Topology

/// The service's pool, with its metrics and its place in `/health`.
enum Database {
  static let maximumConnections = 16
  /// Of the question behind `/health`.
  static let maximumHealthSeconds = 1

  private static let ping = Statement("ping", "SELECT 1")

  static func pool(settings: Settings, registry: Registry, logger: Logger) throws -> PostgresPool {
    let url = try settings.required(Variables.databaseURL)
    let configuration: PostgresConfiguration
    do {
      configuration = try PostgresConfiguration(url: url, applicationName: Platform.deposito.name)
    } catch {
      throw SettingsError(Variables.databaseURL, "no se puede usar: \(error)", remedy: "corregila")
    }
    let pool = PostgresPool(
      configuration: configuration, limits: PostgresPool.Limits(maximumConnections: maximumConnections),
      logger: logger, observer: QueryMetrics(registry))
    registry.register(PoolCollector(pool: pool))
    return pool
  }

  static func health(of pool: PostgresPool) -> HealthComponent {
    HealthComponent("database") {
      (try? await pool.query(ping, deadline: .now + .seconds(maximumHealthSeconds))) != nil
    }
  }
}

extension Database {
  static func schemaHealth(of pool: PostgresPool, logger: Logger) -> HealthComponent {
    let check = SchemaCheck(pool: pool, logger: logger)
    return HealthComponent("schema") { await check.isUpToDate() }
  }
}

/// Whether every migration of this program is in the database; once it is, nobody asks again.
private final class SchemaCheck: Sendable {
  private let pool: PostgresPool
  private let logger: Logger
  private let state = Mutex<String?>("not checked yet")

  init(pool: PostgresPool, logger: Logger) {
    self.pool = pool
    self.logger = logger
  }

  func isUpToDate() async -> Bool {
    guard let before = state.withLock({ $0 }) else { return true }
    var problem: String?
    do {
      try await Migrator(schema: Migrations.schema, migrations: Migrations.all).verify(on: pool)
    } catch {
      problem = "\(error)"
    }
    state.withLock { [problem] in $0 = problem }
    if let problem, problem != before {
      logger.warning("the schema is not ready", metadata: ["cause": "\(problem)"])
    }
    return problem == nil
  }
}

/// `db_query_duration_seconds`.
private final class QueryMetrics: PostgresObserver {
  private let durations: HistogramInstrument<StatementLabel>
  private let labels = Mutex<[String: StatementLabel]>([:])

  init(_ registry: Registry) { durations = registry.histogram(Pool.queries) }

  func queryFinished(statement: String, duration: Duration, error: PostgresError?) {
    let label = labels.withLock { labels in
      if let known = labels[statement] { return known }
      let new = StatementLabel(statement)
      labels[statement] = new
      return new
    }
    durations.observe(duration / .seconds(1), label)
  }
}

/// `db_pool_connections`.
private struct PoolCollector: Collector {
  let pool: PostgresPool

  func collect(into batch: inout SampleBatch) {
    let counts = pool.counts
    batch.add(Pool.connections, .idle, Double(counts.idle))
    batch.add(Pool.connections, .inUse, Double(counts.inUse))
    batch.add(Pool.connections, .waiting, Double(counts.waiting))
  }
}
