import Foundation
import TestSupport
import Testing

/// A movement of a product that the process has written before is written without reading it first, and what others
/// changed meanwhile is found.
@Suite struct KnownStockTests {
  private func move(
    _ client: HTTPClient, _ product: Int, _ kind: String, _ quantity: String
  ) async throws -> HTTPClient.Answer {
    try await client.send(
      "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, kind, quantity))
  }

  private func count(_ statement: String, of deposito: DepositoFixture) async throws -> Double {
    try await deposito.metric(#"db_query_duration_seconds_count{statement="\#(statement)"}"#) ?? 0
  }

  private func enterTwoByTheBatchRoute(_ client: HTTPClient, _ product: Int) async throws {
    let one = DepositoFixture.movement(product, "ENTRADA", "1")
    let batch = try await client.send(
      "POST", "/api/v1/stock/movements/batch", json: #"{"movimientos":[\#(one),\#(one)]}"#)
    #expect(batch.status == 200)
  }

  private func batches(_ way: String, of deposito: DepositoFixture) async throws -> Double {
    try await deposito.metric(#"deposito_transacciones_de_movimientos_total{via="\#(way)"}"#) ?? 0
  }

  /// However batches grow and shrink, and with two products in turn.
  @Test func underLoadNearlyEverythingIsKnown() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let products = [
      try await deposito.product(client, code: "uno"), try await deposito.product(client, code: "dos"),
    ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for turn in 0..<50 {
            let answer = try await move(client, products[(writer + turn) % 2], "ENTRADA", "1")
            #expect(answer.status == 200)
          }
        }
      }
      try await group.waitForAll()
    }
    let (known, read) = (try await batches("conocido", of: deposito), try await batches("leido", of: deposito))
    #expect(known > 4 * read, "\(known) known, \(read) read")
    #expect(try await deposito.psql("SELECT sum(stock_actual), sum(version) FROM deposito.productos") == "400.000|402")
  }

  @Test func whatIsKnownIsWrittenWithoutReading() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    for _ in 1...30 { #expect(try await move(client, product, "ENTRADA", "1").status == 200) }
    #expect(try await count("stock_asentar", of: deposito) == 30)
    #expect(try await count("stock_bloquear", of: deposito) < 15)
    let (known, read) = (try await batches("conocido", of: deposito), try await batches("leido", of: deposito))
    #expect(known > 15 && known + read == 30)
    #expect(try await deposito.metric("deposito_movimientos_en_curso") == 0)
    let answer = try await move(client, product, "SALIDA", "0.5")
    #expect(answer.json["producto"]?["stock_actual"]?.number == 29.5)
    #expect(answer.json["producto"]?["version"]?.int == 32)
    // What was answered is what is there, also the time, which is the database's and only goes on.
    let told = try #require(answer.json["movimiento"]?["created_at"]?.string)
    let books = try await deposito.psql(
      """
      SELECT count(*), max(secuencia), bool_or(stock_resultante = 29.5 AND created_at = '\(told)'),
        bool_and(created_at BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp()),
        bool_or(created_at < antes)
      FROM (SELECT *, lag(created_at) OVER (ORDER BY secuencia) AS antes FROM deposito.movimientos) AS m
      """)
    #expect(books == "31|32|t|t|f")
  }

  @Test func whatTheBatchRouteWroteIsKnown() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    #expect(try await move(client, product, "ENTRADA", "1").status == 200)
    try await enterTwoByTheBatchRoute(client, product)
    let read = try await count("stock_bloquear", of: deposito)
    // Identifiers are good for a second: one of these comes in time on any machine.
    for _ in 1...10 { #expect(try await move(client, product, "ENTRADA", "1").status == 200) }
    #expect(try await count("stock_bloquear", of: deposito) - read < 5)
    #expect(try await deposito.psql("SELECT stock_actual, version FROM deposito.productos") == "13.000|14")
  }

  @Test func twoReplicasWriteOneProduct() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let replica = try await deposito.replica()
    let clients = [client, try await replica.admin()]
    let product = try await deposito.product(client, code: "uno")
    let answers = try await withThrowingTaskGroup(of: [Int].self) { group in
      for client in clients + clients {
        group.addTask {
          var statuses: [Int] = []
          for _ in 1...25 { statuses.append(try await move(client, product, "ENTRADA", "1").status) }
          return statuses
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(answers == Array(repeating: 200, count: 100))
    let books = try await deposito.psql(
      """
      SELECT p.stock_actual, p.version, count(*), count(DISTINCT m.secuencia), max(m.stock_resultante)
      FROM deposito.productos AS p JOIN deposito.movimientos AS m ON m.producto_id = p.id GROUP BY p.id
      """)
    #expect(books == "100.000|101|100|100|100.000")
  }

  @Test func whatOthersChangedIsSeen() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let replica = try await deposito.replica()
    let other = try await replica.admin()
    let product = try await deposito.product(client, code: "uno")
    #expect(try await move(client, product, "ENTRADA", "1").status == 200)
    #expect(
      try await other.send("PATCH", "/api/v1/productos/\(product)", json: #"{"nombre":"Yerba"}"#).status == 200)
    let renamed = try await move(client, product, "ENTRADA", "1")
    #expect(renamed.status == 200 && renamed.json["producto"]?["nombre"]?.string == "Yerba")
    // Nobody is refused for what was true before.
    let second = try await deposito.product(client, code: "dos", stock: "1")
    #expect(try await move(client, second, "ENTRADA", "1").status == 200)
    #expect(try await move(other, second, "ENTRADA", "10").status == 200)
    let taken = try await move(client, second, "SALIDA", "5")
    #expect(taken.status == 200 && taken.json["producto"]?["stock_actual"]?.number == 7)
    // And nobody gets what is gone.
    let third = try await deposito.product(client, code: "tres", stock: "9")
    #expect(try await move(client, third, "ENTRADA", "1").status == 200)
    #expect(try await move(other, third, "SALIDA", "10").status == 200)
    #expect(try await move(client, third, "SALIDA", "1").json["code"]?.string == "stock_insuficiente")
    #expect(try await other.send("DELETE", "/api/v1/productos/\(third)").status == 204)
    #expect(try await move(client, third, "ENTRADA", "1").status == 404)
  }

  @Test func aLotThatCameMeanwhileIsTakenFrom() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let replica = try await deposito.replica()
    let other = try await replica.admin()
    let product = try await deposito.product(client, code: "uno")
    #expect(try await move(client, product, "ENTRADA", "1").status == 200)
    let lot = """
      {"producto_id":\(product),"tipo_movimiento":"ENTRADA","cantidad":5,"motivo":"prueba",
       "lote":{"codigo":"L1","vence":"2030-01-31"}}
      """
    #expect(try await other.send("POST", "/api/v1/stock/movement", json: lot).status == 200)
    let taken = try await move(client, product, "SALIDA", "4")
    #expect(taken.status == 200)
    #expect(try await deposito.psql("SELECT cantidad FROM deposito.lotes") == "1.000")
  }

  /// Movements of a product whose row somebody holds wait for it, and make nobody else wait, however many they are.
  @Test func whoeverWaitsForALockWaitsAlone() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let held = try await deposito.product(client, code: "uno")
    let free = try await deposito.product(client, code: "dos")
    for product in [held, free] { #expect(try await move(client, product, "ENTRADA", "1").status == 200) }
    let lock = try await deposito.hold("SELECT FROM deposito.productos WHERE id = \(held) FOR UPDATE", seconds: 3)
    let start = ContinuousClock.now
    let blocked = Task {
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 1...40 { group.addTask { try await move(client, held, "ENTRADA", "1").status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    try await Task.sleep(for: .milliseconds(300))
    for _ in 1...20 { #expect(try await move(client, free, "ENTRADA", "1").status == 200) }
    #expect(start.duration(to: .now) < .seconds(2))
    #expect(try await blocked.value == Array(repeating: 200, count: 40))
    #expect(start.duration(to: .now) > .seconds(2))
    try await lock.value
    let stocks = try await deposito.psql(
      "SELECT string_agg(stock_actual::text, ' ' ORDER BY id) FROM deposito.productos")
    #expect(stocks == "41.000 21.000")
  }

  /// Through whichever way they come, a product's identifiers grow like its versions.
  @Test func identifiersFollowTheVersions() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    for _ in 1...8 {
      for _ in 1...3 { #expect(try await move(client, product, "ENTRADA", "1").status == 200) }
      try await enterTwoByTheBatchRoute(client, product)
    }
    let books = try await deposito.psql(
      """
      SELECT count(*), bool_or(id < antes) FROM (
        SELECT id, lag(id) OVER (ORDER BY secuencia) AS antes FROM deposito.movimientos
      ) AS m
      """)
    #expect(books == "40|f")
  }

  /// Whoever changes a product with SQL of his own as well.
  @Test func aChangeByHandRaisesTheVersion() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    #expect(try await move(client, product, "ENTRADA", "1").status == 200)
    try await deposito.psql("UPDATE deposito.productos SET nombre = 'Yerba'")
    let answer = try await move(client, product, "ENTRADA", "1")
    #expect(answer.json["producto"]?["nombre"]?.string == "Yerba" && answer.json["producto"]?["version"]?.int == 4)
  }
}
