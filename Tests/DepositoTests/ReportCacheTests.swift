import Foundation
import TestSupport
import Testing

/// Reports come from Redis where nothing has changed, and never say what was.
@Suite struct ReportCacheTests {
  private static let patience = Duration.seconds(20)

  private static func count(_ result: String, of deposito: DepositoFixture) async throws -> Double {
    try await deposito.metric(#"cache_requests_total{cache="reportes",result="\#(result)"}"#) ?? 0
  }

  /// Asks until the answer came from Redis: connecting takes a moment.
  private static func warm(_ client: HTTPClient, _ deposito: DepositoFixture, _ path: String) async throws {
    let end = ContinuousClock.now + patience
    let before = try await count("hit", of: deposito)
    while try await count("hit", of: deposito) == before {
      guard .now < end else { throw TestSupportError("\(path) never comes from the cache") }
      #expect(try await client.send("GET", path).status == 200)
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private static func value(_ client: HTTPClient) async throws -> Decimal? {
    try await client.send("GET", "/api/v1/reportes/stock").json["valor_total_inventario"]?.number
  }

  @Test(arguments: [
    "/api/v1/reportes/stock", "/api/v1/reportes/top-movimientos?limit=5", "/api/v1/stock/critical?size=10",
  ])
  func theSameIsToldUntilSomethingChanges(path: String) async throws {
    let redis = try await RedisServer.start()
    let deposito = try await DepositoFixture.start(redis: redis)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    try await Self.warm(client, deposito, path)
    let kept = try await client.send("GET", path)
    #expect(kept.headers["content-type"] == "application/json; charset=utf-8")
    #expect(try await client.send("GET", path).text == kept.text)
    let movement = DepositoFixture.movement(product, "SALIDA", "10")
    #expect(try await client.send("POST", "/api/v1/stock/movement", json: movement).status == 200)
    #expect(try await client.send("GET", path).text != kept.text)
  }

  @Test func whoWritesReadsItAtOnceAndOthersSoon() async throws {
    let redis = try await RedisServer.start()
    let deposito = try await DepositoFixture.start(redis: redis)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "0")
    let replica = try await deposito.replica(environment: ["REDIS_URL": redis.url()])
    let elsewhere = try await replica.admin()
    for step in 1...30 {
      if step % 10 == 1 { try await Self.warm(elsewhere, replica, "/api/v1/reportes/stock") }
      let movement = DepositoFixture.movement(product, "ENTRADA", "1")
      #expect(try await client.send("POST", "/api/v1/stock/movement", json: movement).status == 200)
      #expect(try await Self.value(client) == Decimal(string: "100.5").map { $0 * Decimal(step) })
      let end = ContinuousClock.now + .seconds(2)
      while try await Self.value(elsewhere) != Decimal(string: "100.5").map({ $0 * Decimal(step) }) {
        guard .now < end else { throw TestSupportError("another replica still tells what was before step \(step)") }
      }
    }
  }

  /// What was changed by a process that died before it could say so leaves through the outbox, and that says it.
  @Test func theOutboxSaysItForOthers() async throws {
    let redis = try await RedisServer.start()
    let deposito = try await DepositoFixture.start(redis: redis)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "1")
    try await Self.warm(client, deposito, "/api/v1/reportes/stock")
    #expect(try await Self.value(client) == Decimal(string: "100.5"))
    try await deposito.psql(
      "UPDATE deposito.productos SET precio_compra = 7, version = version + 1 WHERE id = \(product)")
    let end = ContinuousClock.now + .seconds(5)
    while try await Self.value(client) != 7 {
      guard .now < end else { throw TestSupportError("the report still tells the old price") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @Test func manyWhoAskAtOnceAskTheDatabaseOnce() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    _ = try await deposito.product(client, code: "uno", stock: "10")
    let lock = try await deposito.hold("LOCK TABLE deposito.productos", seconds: 1)
    let asked = #"db_query_duration_seconds_count{statement="reporte_stock"}"#
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<40 {
        group.addTask { try await client.send("GET", "/api/v1/reportes/stock").json["fecha_reporte"]?.string ?? "" }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    try await lock.value
    #expect(answers.count == 1 && answers != [""])
    #expect(try await deposito.metric(asked) == 1)
    #expect(try await Self.count("shared", of: deposito) == 39)
  }

  @Test func withoutRedisItIsRightAndAtOnce() async throws {
    let redis = try await RedisServer.start()
    let deposito = try await DepositoFixture.start(redis: redis)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "1")
    try await Self.warm(client, deposito, "/api/v1/reportes/stock")
    redis.pause()
    let start = ContinuousClock.now
    for _ in 0..<5 { #expect(try await Self.value(client) == Decimal(string: "100.5")) }
    #expect(start.duration(to: .now) < .seconds(2))
    try await redis.kill()
    let movement = DepositoFixture.movement(product, "ENTRADA", "1")
    #expect(try await client.send("POST", "/api/v1/stock/movement", json: movement).status == 200)
    #expect(try await Self.value(client) == 201)
    try await redis.start()
    try await Self.warm(client, deposito, "/api/v1/reportes/stock")
    #expect(try await Self.value(client) == 201)
  }
}
