import Foundation
import TestSupport
import Testing

/// From a committed change to the stream, whatever dies on the way.
@Suite struct OutboxTests {
  static let patience = Duration.seconds(60)
  private static let stream = "minimarket:deposito:eventos"
  /// As production has it.
  private static let durable = ["appendonly": "yes", "appendfsync": "everysec"]

  struct Entry: Equatable {
    let id: Int
    let kind: String
    let product: Int
    let data: [String: JSONScalar]
  }

  /// An entry is its identifier and five pairs, a line each.
  private static func entries(in redis: RedisServer) async throws -> [Entry] {
    let lines = try await redis.cli("XRANGE", stream, "-", "+").split(separator: "\n").map(String.init)
    return stride(from: 0, to: lines.count - 10, by: 11).map { start in
      let entry = lines[start..<start + 11].map { $0 }
      return Entry(id: Int(entry[2]) ?? 0, kind: entry[4], product: Int(entry[6]) ?? 0, data: fields(entry[10]))
    }
  }

  private static func fields(_ data: String) -> [String: JSONScalar] {
    (try? JSONDecoder().decode([String: JSONScalar].self, from: Data(data.utf8))) ?? [:]
  }

  private static func wait(
    _ redis: RedisServer, _ what: String, until condition: ([Entry]) -> Bool
  ) async throws -> [Entry] {
    let end = ContinuousClock.now + patience
    while true {
      let entries = try await entries(in: redis)
      if condition(entries) { return entries }
      guard .now < end else { throw TestSupportError("not in time: \(what); there are \(entries.count)") }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Writes events as committed changes do: of ten products in turn, each in a transaction of its own.
  private static func write(_ count: Int, to deposito: DepositoFixture) async throws {
    try await deposito.psql(
      """
      DO $$ BEGIN FOR n IN 1..\(count) LOOP
        INSERT INTO deposito.eventos (tipo, producto_id, datos)
        VALUES ('stock_updated', n % 10, jsonb_build_object('n', n)); COMMIT;
      END LOOP; END $$
      """)
  }

  /// Of each product, the first time that each event is there.
  private static func isInOrder(_ entries: [Entry]) -> Bool {
    Dictionary(grouping: entries, by: \.product).values.allSatisfy { entries in
      var seen: Set<Int> = []
      let firsts = entries.map(\.id).filter { seen.insert($0).inserted }
      return firsts == firsts.sorted()
    }
  }

  @Test func aMovementIsInTheStream() async throws {
    let redis = try await RedisServer.start(Self.durable)
    let deposito = try await DepositoFixture.start(redis: redis)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    let answer = try await client.send(
      "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "2.125"))
    let movement = try #require(answer.json["movimiento_id"]?.int)
    let entries = try await Self.wait(redis, "the movement") { entries in
      entries.contains { $0.kind == "stock_updated" && $0.data["movimiento_id"]?.int == movement }
    }
    let entry = try #require(entries.last { $0.kind == "stock_updated" })
    #expect(entry.product == product)
    #expect(entry.data["stock_actual"]?.number == 7.875 && entry.data["usuario"]?.string == "admin")
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.eventos") == "0")
  }

  @Test func withoutRedisMovementsGoOnAndTheirEventsComeLater() async throws {
    let redis = try await RedisServer.start(Self.durable)
    let deposito = try await DepositoFixture.start(redis: redis)
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "100")
    try await redis.stop()
    for _ in 1...5 {
      let answer = try await client.send(
        "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "1"))
      #expect(answer.status == 200)
    }
    try await Self.write(100, to: deposito)
    try await redis.start()
    func stocks(_ entries: [Entry]) -> [Entry] {
      entries.filter { $0.product == product && $0.kind == "stock_updated" }
    }
    let entries = try await Self.wait(redis, "all events") { entries in
      Set(entries.filter { $0.data["n"] != nil }.map(\.id)).count == 100
        && stocks(entries).contains { $0.data["stock_actual"]?.number == 95 }
    }
    #expect(Self.isInOrder(entries))
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.eventos") == "0")
  }

  /// Events leave while an older transaction is open, whose identifiers come before theirs; its own leave when it ends.
  @Test func aTransactionThatEndsLateIsNotPassedOver() async throws {
    let redis = try await RedisServer.start(Self.durable)
    let deposito = try await DepositoFixture.start(redis: redis)
    let lock = try await deposito.hold(
      "INSERT INTO deposito.eventos (tipo, producto_id, datos) VALUES ('stock_updated', 77, '{\"tarde\":1}')",
      seconds: 4)
    try await Self.write(600, to: deposito)
    let before = try await Self.wait(redis, "those that were committed") { Set($0.map(\.id)).count == 600 }
    #expect(!before.contains { $0.product == 77 })
    // And more, so that there is always something behind it.
    try await Self.write(100, to: deposito)
    try await lock.value
    let end = ContinuousClock.now
    _ = try await Self.wait(redis, "the late one") { entries in entries.contains { $0.product == 77 } }
    // Long before everything is looked at again.
    #expect(end.duration(to: .now) < .seconds(20))
    let entries = try await Self.wait(redis, "all events") { Set($0.map(\.id)).count == 701 }
    #expect(Self.isInOrder(entries))
  }

  /// Nor one that began last and has the first identifier.
  @Test func anIdentifierOfALaterTransactionIsNotPassedOver() async throws {
    let redis = try await RedisServer.start(Self.durable)
    let deposito = try await DepositoFixture.start(redis: redis)
    func insert(_ product: Int) -> String {
      "INSERT INTO deposito.eventos (tipo, producto_id, datos) VALUES ('stock_updated', \(product), '{}')"
    }
    let first = try await deposito.hold("SELECT pg_current_xact_id()", seconds: 1.5, then: insert(78))
    let last = try await deposito.hold(insert(77), seconds: 6)
    try await first.value
    _ = try await Self.wait(redis, "the one that was committed") { entries in entries.contains { $0.product == 78 } }
    try await Self.write(20, to: deposito)
    try await last.value
    let end = ContinuousClock.now
    let entries = try await Self.wait(redis, "the late one") { entries in entries.contains { $0.product == 77 } }
    #expect(end.duration(to: .now) < .seconds(20))
    let (late, early) = (entries.first { $0.product == 77 }, entries.first { $0.product == 78 })
    #expect(try #require(late).id < #require(early).id)
  }

  /// What has left stays in the index until a vacuum comes; a look does not go through it again.
  @Test func whatHasLeftIsNotLookedAtAgain() async throws {
    let redis = try await RedisServer.start(Self.durable)
    let deposito = try await DepositoFixture.start(redis: redis)
    try await deposito.psql("ALTER TABLE deposito.eventos SET (autovacuum_enabled = false)")
    try await deposito.psql(
      """
      INSERT INTO deposito.eventos (tipo, producto_id, datos)
      SELECT 'stock_updated', n % 10, '{}' FROM generate_series(1, 10000) AS n
      """)
    let end = ContinuousClock.now + Self.patience
    while try await deposito.psql("SELECT count(*) FROM deposito.eventos") != "0" {
      guard .now < end else { throw TestSupportError("the outbox is not empty in time") }
      try await Task.sleep(for: .milliseconds(100))
    }
    // A session tells what it read about once a second.
    func pages() async throws -> Int {
      try await Task.sleep(for: .seconds(2.5))
      let pages = try await deposito.psql(
        "SELECT idx_blks_hit + idx_blks_read FROM pg_statio_user_indexes WHERE indexrelname = 'eventos_pkey'")
      return Int(pages) ?? 0
    }
    let first = try await pages()
    // Some 25 looks at an index whose 10,000 entries take 28 pages and more.
    #expect(try await pages() - first < 250)
  }

  @Test func aKilledServiceLosesNothing() async throws {
    let redis = try await RedisServer.start(Self.durable)
    let deposito = try await DepositoFixture.start(redis: redis)
    async let writing: Void = Self.write(3_000, to: deposito)
    _ = try await Self.wait(redis, "the first ones") { !$0.isEmpty }
    try await deposito.process.killTree()
    try await writing
    let replica = try await deposito.replica(environment: ["REDIS_URL": redis.url()])
    let entries = try await Self.wait(redis, "all events") { Set($0.map(\.id)).count == 3_000 }
    #expect(Self.isInOrder(entries))
    _ = replica
  }

  @Test func ofTwoReplicasOnePublishes() async throws {
    let redis = try await RedisServer.start(Self.durable)
    let deposito = try await DepositoFixture.start(redis: redis)
    let replica = try await deposito.replica(environment: ["REDIS_URL": redis.url()])
    try await Self.write(1_000, to: deposito)
    _ = try await Self.wait(redis, "all events") { Set($0.map(\.id)).count == 1_000 }
    // Past the time for which what was sent is kept.
    try await Task.sleep(for: .seconds(8))
    let entries = try await Self.entries(in: redis)
    #expect(entries.count == 1_000)
    #expect(Self.isInOrder(entries))
    let published = [
      try await deposito.metric("outbox_published_total"), try await replica.metric("outbox_published_total"),
    ]
    #expect(published.compactMap { $0 }.sorted() == [0, 1_000])
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.eventos_enviados") == "0")
  }

  /// What Redis acknowledged and had not written is sent again: here all that it had, as after a power cut.
  @Test func aRedisThatLostItsLastSecondsGetsThemAgain() async throws {
    let redis = try await RedisServer.start()
    let deposito = try await DepositoFixture.start(redis: redis)
    try await Self.write(300, to: deposito)
    _ = try await Self.wait(redis, "all events") { Set($0.map(\.id)).count == 300 }
    try await redis.kill()
    try await redis.start()
    let entries = try await Self.wait(redis, "all events again") { Set($0.map(\.id)).count == 300 }
    #expect(Self.isInOrder(entries))
  }

  @Test func anEventThatCannotBeSentIsSetAsideAndHoldsBackItsProductAlone() async throws {
    let redis = try await RedisServer.start(Self.durable)
    let deposito = try await DepositoFixture.start(redis: redis)
    try await deposito.psql(
      """
      INSERT INTO deposito.eventos (tipo, producto_id, datos)
      VALUES ('stock_updated', 1, jsonb_build_object('x', repeat('a', 1048577))), ('stock_updated', 1, '{"n":1}'),
        ('stock_updated', 2, '{"n":2}')
      """)
    let entries = try await Self.wait(redis, "the other two") { $0.count == 2 }
    #expect(entries.map { $0.data["n"]?.int } == [2, 1])
    #expect(try await deposito.psql("SELECT producto_id FROM deposito.eventos_apartados") == "1")
    #expect(try await deposito.metric("outbox_set_aside_total") == 1)
  }

  @Test func withoutAnAddressEventsStayAndAreCounted() async throws {
    let deposito = try await DepositoFixture.start()
    try await Self.write(3, to: deposito)
    let end = ContinuousClock.now + Self.patience
    while try await deposito.metric("outbox_pending_events") != 3, .now < end {
      try await Task.sleep(for: .milliseconds(500))
    }
    #expect(try await deposito.metric("outbox_pending_events") == 3)
    #expect(try await deposito.metric("outbox_oldest_event_age_seconds").map { $0 > 0 } == true)
    _ = try await ServiceTests.logLine(of: deposito, containing: "REDIS_URL")
  }
}
