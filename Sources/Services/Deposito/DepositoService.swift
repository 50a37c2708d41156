import Argon2
import Logging
import Postgres
import ProcessTelemetry
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
    let service = HTTPService(
      process: Platform.deposito, title: "AgenteDepósito",
      features: try await features(pool: pool, telemetry: telemetry, issuer: TokenIssuer(tokens)),
      components: [Database.health(of: pool), Database.schemaHealth(of: pool, logger: telemetry.logger)],
      services: [pool, census])
    try await service.run(settings: settings, telemetry: telemetry, tokens: TokenVerifier(tokens))
  }

  private static func features(
    pool: PostgresPool, telemetry: ProcessTelemetry, issuer: TokenIssuer
  ) async throws -> [any Feature] {
    let movements = MovementMetrics(telemetry.registry)
    return [
      LoginRoute(users: UserStore(pool: pool), hasher: try PasswordHasher(), issuer: issuer),
      ProductRoutes(store: ProductStore(pool: pool), movements: movements),
      MovementRoute(store: MovementStore(pool: pool), metrics: movements),
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
