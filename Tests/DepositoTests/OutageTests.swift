import Foundation
import Synchronization
import TestSupport
import Testing

/// Databases that go and come, signals, and settings that are wrong.
@Suite struct OutageTests {
  @Test func survivesItsDatabase() async throws {
    let server = try await PostgresServer.start()
    let deposito = try await DepositoFixture.start(on: server)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "5")
    try await server.kill()
    let start = ContinuousClock.now
    let answer = try await client.send(
      "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "1"))
    #expect(answer.status == 503)
    #expect(answer.headers["retry-after"] != nil)
    #expect(answer.json["code"]?.string == "no_disponible")
    #expect(start.duration(to: .now) < .seconds(6))
    #expect(try await client.send("GET", "/health").status == 503)
    #expect(try await client.send("GET", "/health/live").status == 200)
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="SALIDA",resultado="fallido"}"#) == 1)
    try await server.start()
    try await client.wait(for: "/health", within: .seconds(5))
    let after = try await client.send("GET", "/api/v1/productos/\(product)")
    #expect(after.json["stock_actual"]?.number == 5)
  }

  /// Each request ends in an answer, each that is repeated with its key happens once, and it goes on by itself.
  @Test func goesOnWhenItsDatabaseIsRestartedUnderLoad() async throws {
    let server = try await PostgresServer.start()
    let deposito = try await DepositoFixture.start(on: server)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "0")
    let body = DepositoFixture.movement(product, "ENTRADA", "1")
    let isOver = Flag()
    let load = Task {
      try await withThrowingTaskGroup(of: [ContinuousClock.Instant].self) { group in
        for number in 0..<16 {
          group.addTask {
            var registered: [ContinuousClock.Instant] = []
            while !isOver.isSet {
              let key = "\(number)-\(registered.count)"
              let start = ContinuousClock.now
              let answer = try await client.send(
                "POST", "/api/v1/stock/movement", json: body, headers: ["Idempotency-Key": key])
              #expect([200, 409, 503].contains(answer.status))
              #expect(start.duration(to: .now) < .seconds(10))
              if answer.status == 200 { registered.append(.now) } else { try await Task.sleep(for: .milliseconds(20)) }
            }
            return registered
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
    }
    try await Task.sleep(for: .seconds(1))
    try await server.stop()
    try await Task.sleep(for: .seconds(1))
    try await server.start()
    let back = ContinuousClock.now
    try await Task.sleep(for: .seconds(6))
    isOver.set()
    let registered = try await load.value
    let first = try #require(registered.filter { $0 > back }.min())
    #expect(back.duration(to: first) < .seconds(5))
    #expect(registered.count { $0 > back + .seconds(5) } > 16)
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "\(registered.count).000")
  }

  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
  }

  @Test func saysWhenAWriteMayHaveHappened() async throws {
    let server = try await PostgresServer.start()
    let deposito = try await DepositoFixture.start(on: server)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "5")
    let lock = try await deposito.hold("UPDATE deposito.productos SET nombre = nombre", seconds: 30)
    async let pending = client.send(
      "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "1"))
    while try await deposito.psql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == "0" {
      try await Task.sleep(for: .milliseconds(20))
    }
    // The statement is on the server, and the connection dies before its answer.
    try await server.kill()
    let answer = try await pending
    #expect(answer.status == 503)
    #expect(answer.json["code"]?.string == "resultado_desconocido")
    #expect(answer.headers["retry-after"] == nil)
    _ = await lock.result
  }

  @Test func answersWhileItsDatabaseIsStopped() async throws {
    let server = try await PostgresServer.start()
    let deposito = try await DepositoFixture.start(on: server)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "5")
    server.pause()
    defer { server.resume() }
    let start = ContinuousClock.now
    let answer = try await client.send("GET", "/api/v1/productos/\(product)")
    #expect(answer.status == 503)
    #expect(start.duration(to: .now) < .seconds(7))
    #expect(try await client.send("GET", "/health/live").status == 200)
  }

  @Test func isNotReadyOverAnOldSchema() async throws {
    let deposito = try await DepositoFixture.start(migrated: false)
    let health = try await deposito.client.send("GET", "/health")
    #expect(health.status == 503)
    #expect(health.json["components"]?["schema"]?.string == "unhealthy")
    #expect(try await deposito.client.send("GET", "/health/ready").status == 503)
    let line = try await ServiceTests.logLine(of: deposito, containing: "0001_esquema.sql")
    #expect(line["level"]?.string == "warning")
  }

  @Test func finishesItsRequestsWhenToldToStop() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "5")
    // A request that waits for a row lock is in flight when the signal comes.
    let lock = try await deposito.hold("UPDATE deposito.productos SET nombre = nombre", seconds: 2)
    async let answer = client.send(
      "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "1"))
    while try await deposito.psql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == "0" {
      try await Task.sleep(for: .milliseconds(20))
    }
    let start = ContinuousClock.now
    deposito.process.signal(SIGTERM)
    #expect(try await answer.status == 200)
    while deposito.process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    #expect(start.duration(to: .now) < .seconds(10))
    try await lock.value
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "4.000")
  }

  @Test(arguments: [
    (["JWT_SECRET_KEY": "short"], "JWT_SECRET_KEY"), (["DATABASE_URL": ""], "DATABASE_URL"),
    (["JWT_SECRET_KEY_PREVIOUS": "short"], "JWT_SECRET_KEY_PREVIOUS"),
    (["DATABASE_URL": "mysql://root:clave-secreta@h/db"], "DATABASE_URL"), (["DEPOSITO_PORT": "80a"], "DEPOSITO_PORT"),
    (["LOG_LEVEL": "mucho"], "LOG_LEVEL"), (["CORS_ORIGINS": "*"], "CORS_ORIGINS"),
    (["JWT_EXPIRY_HOURS": "0"], "JWT_EXPIRY_HOURS"),
  ])
  func aWrongSettingIsOneLine(setting: [String: String], name: String) async throws {
    let environment = [
      "DATABASE_URL": "postgresql://u:clave-secreta@127.0.0.1:1/db", "JWT_SECRET_KEY": DepositoFixture.key,
    ].merging(setting) { $1 }
    let output = try await Subprocess.run([Binaries.path(of: "agente-deposito")], environment: environment)
    #expect(output.status == 1)
    let lines = output.standardError.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.contains(name) == true)
    #expect(!output.standardError.contains("clave-secreta"))
    #expect(!output.standardOutput.contains("clave-secreta"))
  }

  @Test func explainsItself() async throws {
    let binary = try Binaries.path(of: "agente-deposito")
    let help = try await Subprocess.run([binary, "--help"], environment: [:])
    #expect(help.status == 0)
    #expect(help.standardOutput.contains("DATABASE_URL"))
    #expect(
      try await Subprocess.run([binary, "--version"], environment: [:]).standardOutput.hasPrefix("agente-deposito "))
    let wrong = try await Subprocess.run([binary, "--nope"], environment: [:])
    #expect(wrong.status == 2)
  }

  @Test func aBusyPortIsOneClearLine() async throws {
    let deposito = try await DepositoFixture.start()
    let environment = [
      "DATABASE_URL": deposito.server.url(database: deposito.database), "JWT_SECRET_KEY": DepositoFixture.key,
      "DEPOSITO_PORT": "\(deposito.port)",
    ]
    let output = try await Subprocess.run([Binaries.path(of: "agente-deposito")], environment: environment)
    #expect(output.status == 1)
    #expect(output.standardError.contains("\(deposito.port)"))
  }
}
