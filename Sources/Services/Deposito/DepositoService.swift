import Argon2
import Catalog
import Logging
import Postgres
import ProcessTelemetry
import Redis
import ServiceKit
import Settings
import Telemetry
import Topology

/// agente-deposito, put together.
enum DepositoService {
  static func serve(settings: Settings, telemetry: ProcessTelemetry) async throws {
    let tokens = try TokenConfiguration(settings: settings)
    let pool = try Database.pool(settings: settings, registry: telemetry.registry, logger: telemetry.logger)
    let census = CategoryCensus(pool: pool, logger: telemetry.logger)
    telemetry.registry.register(census)
    let revocations = Revocations(pool: pool, logger: telemetry.logger)
    let outbox = OutboxCensus(pool: pool, logger: telemetry.logger)
    telemetry.registry.register(outbox)
    let redis = try redis(settings: settings)
    if redis == nil { telemetry.logger.notice("there is no REDIS_URL: events stay in the outbox, nothing is cached") }
    let reports = AnswerCache(
      .reportes, prefix: "minimarket:deposito:reportes:", redis: redis, registry: telemetry.registry,
      logger: telemetry.logger)
    let relay = redis.map {
      OutboxRelay(
        configuration: pool.configuration, redis: $0, registry: telemetry.registry, logger: telemetry.logger,
        hasPublished: reports.invalidate)
    }
    let service = HTTPService(
      process: Platform.deposito, title: "AgenteDepósito",
      features: features(pool: pool, telemetry: telemetry, reports: reports) {
        reports.invalidate()
        relay?.nudge()
      }
        + (try await access(pool: pool, telemetry: telemetry, tokens: tokens, revocations: revocations)),
      components: [Database.health(of: pool), Database.schemaHealth(of: pool, logger: telemetry.logger)],
      services: [pool, census, revocations, outbox, reports, KeyPurge(pool: pool, logger: telemetry.logger)]
        + (relay.map { [$0] } ?? []))
    try await service.run(
      settings: settings, telemetry: telemetry, tokens: TokenVerifier(tokens, revocations: revocations))
  }

  private static func features(
    pool: PostgresPool, telemetry: ProcessTelemetry, reports: AnswerCache, committed: @escaping @Sendable () -> Void
  ) -> [any Feature] {
    let movements = MovementMetrics(telemetry.registry)
    let writes = Writes(pool: pool, committed: committed)
    let known = KnownStock()
    let writer = StockWriter(pool: pool, committed: committed, known: known, metrics: movements)
    let queue = MovementQueue(writer, metrics: movements)
    let products = ProductStore(pool: pool)
    return [
      ProductRoutes(store: products), ProductWriteRoutes(writes: writes, movements: movements),
      WarehouseRoutes(pool: pool, writes: writes),
      MovementRoute(queue: queue), BatchRoute(queue: queue), MovementList(pool: pool),
      CriticalList(store: products, cache: reports),
      LotRoutes(pool: pool), StockTakeRoutes(pool: pool, writes: writes, metrics: movements),
      ProductImport(pool: pool, metrics: movements, committed: committed),
      MovementImport(writer: writer, codes: ProductCodes(pool: pool), metrics: movements), Export(pool: pool),
      StockReport(pool: pool, cache: reports), TopMovements(pool: pool, cache: reports), IntegrityCheck(pool: pool),
    ]
  }

  /// nil without REDIS_URL.
  private static func redis(settings: Settings) throws -> RedisConfiguration? {
    guard let url = try settings.optional(Variables.redisURL) else { return nil }
    do {
      var redis = try RedisConfiguration(url: url)
      redis.clientName = Platform.deposito.name
      return redis
    } catch {
      throw SettingsError(Variables.redisURL, "no se puede usar: \(error)", remedy: "corregila")
    }
  }

  /// Who may do what, and who did.
  private static func access(
    pool: PostgresPool, telemetry: ProcessTelemetry, tokens: TokenConfiguration, revocations: Revocations
  ) async throws -> [any Feature] {
    let hasher = try PasswordHasher()
    return [
      LoginRoute(
        users: UserStore(pool: pool), hasher: hasher, issuer: await TokenIssuer(tokens), revocations: revocations,
        attempts: LoginAttempts(telemetry.registry)),
      UserRoutes(
        users: UserAdministration(
          pool: pool, writes: Writes(pool: pool) {}, hasher: hasher, revocations: revocations),
        seal: BodySeal(tokens)),
      AuditRoute(log: AuditLog(pool: pool)),
    ]
  }

  /// Applies what is pending, and creates the user `admin` where there is none.
  static func migrate(settings: Settings, telemetry: ProcessTelemetry) async throws {
    let url = try settings.required(Variables.migrationDatabaseURL)
    let password = try settings.optional(Variables.adminPassword)
    let configuration: PostgresConfiguration
    do {
      configuration = try PostgresConfiguration(url: url, applicationName: "\(Platform.deposito.name) migrate")
    } catch {
      throw SettingsError(Variables.migrationDatabaseURL, "no se puede usar: \(error)", remedy: "corregila")
    }
    let connection = try await PostgresConnection.connect(
      configuration, deadline: .now + configuration.connectTimeout, logger: telemetry.logger)
    do {
      let migrator = try Migrator(schema: Migrations.schema, migrations: Migrations.all)
      try await migrator.run(on: connection, logger: telemetry.logger)
      if let password {
        let hash = try await PasswordHasher().hash(password)
        if try await UserStore.createAdmin(passwordHash: hash, on: connection) {
          telemetry.logger.notice("created the user admin")
        }
      }
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }
}
