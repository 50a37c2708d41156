import Foundation
import TestSupport
import Testing

/// Many movements: all or none.
@Suite struct BatchTests {
  private func post(_ client: HTTPClient, _ movements: [String]) async throws -> HTTPClient.Answer {
    try await client.send(
      "POST", "/api/v1/stock/movements/batch", json: #"{"movimientos":[\#(movements.joined(separator: ","))]}"#)
  }

  @Test func aProductMayComeMoreThanOnce() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let one = try await deposito.product(client, code: "uno", stock: "1")
    let two = try await deposito.product(client, code: "dos")
    let answer = try await post(
      client,
      [
        DepositoFixture.movement(one, "ENTRADA", "4"), DepositoFixture.movement(two, "ENTRADA", "2"),
        DepositoFixture.movement(one, "SALIDA", "5"),
      ])
    #expect(answer.status == 200)
    let movements = answer.json["movimientos"]?.array ?? []
    #expect(movements.map { $0["stock_anterior"]?.number } == [1, 0, 5])
    #expect(movements.map { $0["stock_resultante"]?.number } == [5, 2, 0])
    #expect((answer.json["productos"]?.array ?? []).map { $0["stock_actual"]?.number } == [0, 2])
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="SALIDA",resultado="registrado"}"#) == 1)
  }

  @Test func oneThatCannotBeStopsAll() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let one = try await deposito.product(client, code: "uno", stock: "1")
    let answer = try await post(
      client, [DepositoFixture.movement(one, "ENTRADA", "4"), DepositoFixture.movement(one, "SALIDA", "5.001")])
    #expect(answer.status == 409 && answer.json["code"]?.string == "stock_insuficiente")
    #expect(answer.json["detail"]?.string?.contains("movimientos[1]") == true)
    #expect(try await deposito.psql("SELECT stock_actual, version FROM deposito.productos") == "1.000|1")
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.movimientos") == "1")
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.eventos WHERE tipo = 'stock_updated'") == "1")
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="ENTRADA",resultado="rechazado"}"#) == 1)
  }

  @Test func badFieldsAreNamedWithTheirPlace() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let answer = try await post(
      client, [DepositoFixture.movement(1, "ENTRADA", "1"), DepositoFixture.movement(1, "ROBO", "0")])
    #expect(answer.status == 422)
    let names = (answer.json["errores"]?.array ?? []).compactMap { $0["campo"]?.string }.sorted()
    #expect(names == ["movimientos[1].cantidad", "movimientos[1].tipo_movimiento"])
    #expect(try await post(client, []).status == 422)
    #expect(try await post(client, ["7"]).status == 422)
    let many = Array(repeating: DepositoFixture.movement(1, "ENTRADA", "1"), count: 1_001)
    #expect(try await post(client, many).status == 422)
  }

  @Test func aThousandAreTaken() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    let answer = try await post(
      client, Array(repeating: DepositoFixture.movement(product, "ENTRADA", "0.001"), count: 1_000))
    #expect(answer.status == 200 && answer.json["productos"]?.array?.first?["stock_actual"]?.number == 1)
    #expect(try await deposito.psql("SELECT max(secuencia) FROM deposito.movimientos") == "1001")
  }

  /// While one transaction waits, the others gather; each of them is whole, or not there.
  @Test func batchesShareATransactionAndNotTheirFate() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let products = [
      try await deposito.product(client, code: "uno", stock: "5"),
      try await deposito.product(client, code: "dos", stock: "5"),
    ]
    let all = products.map { DepositoFixture.movement($0, "SALIDA", "1") }
    let bad = [all[0], DepositoFixture.movement(products[1], "SALIDA", "50"), all[0]]
    let statements = #"db_query_duration_seconds_count{statement="stock_asentar"}"#
    let before = try await deposito.metric(statements) ?? 0
    let lock = try await deposito.hold(
      "SELECT FROM deposito.productos WHERE id = \(products[0]) FOR UPDATE", seconds: 1.5)
    let answers = try await withThrowingTaskGroup(of: (Int, HTTPClient.Answer).self) { group in
      for number in 0..<12 {
        group.addTask { (number, try await post(client, number % 3 == 0 ? all : bad)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    try await lock.value
    for (number, answer) in answers {
      #expect(answer.status == (number % 3 == 0 ? 200 : 409))
      if number % 3 > 0 { #expect(answer.json["detail"]?.string?.contains("movimientos[1]") == true) }
    }
    // Each was told the stock as it was after it.
    let told = answers.compactMap { $0.1.json["productos"]?.array?.last?["stock_actual"]?.number }
    #expect(told.sorted() == [1, 2, 3, 4])
    #expect(
      try await deposito.psql(
        "SELECT string_agg(stock_actual || '/' || version, ' ' ORDER BY id) FROM deposito.productos")
        == "1.000/5 1.000/5")
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.movimientos") == "10")
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="SALIDA",resultado="rechazado"}"#) == 24)
    #expect(try await (deposito.metric(statements) ?? 0) - before < 8)
    #expect(try await deposito.metric("deposito_movimientos_en_curso") == 0)
  }

  /// A key that another replica used stops nobody else's batch, also where they were decided together.
  @Test func aKeyThatWasUsedIsAnsweredAndTheOthersAreWritten() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let replica = try await deposito.replica()
    let other = try await replica.admin()
    let product = try await deposito.product(client, code: "uno")
    let body = #"{"movimientos":[\#(DepositoFixture.movement(product, "ENTRADA", "1"))]}"#
    func post(_ client: HTTPClient, key: Int) async throws -> HTTPClient.Answer {
      try await client.send(
        "POST", "/api/v1/stock/movements/batch", json: body, headers: ["Idempotency-Key": "clave-\(key)"])
    }
    var first: [Int: String] = [:]
    for key in 0..<40 where key % 4 == 0 { first[key] = try await post(other, key: key).text }
    let answers = try await withThrowingTaskGroup(of: (Int, HTTPClient.Answer).self) { group in
      for key in 0..<40 { group.addTask { (key, try await post(client, key: key)) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for (key, answer) in answers {
      #expect(answer.status == 200)
      if let text = first[key] { #expect(answer.text == text) }
    }
    #expect(try await deposito.psql("SELECT stock_actual, version FROM deposito.productos") == "40.000|41")
  }

  /// One key with two bodies at the same moment: one of them is told so, and nobody else hears of it.
  @Test func aKeyWithTwoBodiesAtOnceConcernsNobodyElse() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    let lock = try await deposito.hold(
      "SELECT FROM deposito.productos WHERE id = \(product) FOR UPDATE", seconds: 1.5)
    let answers = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
      for number in 0..<12 {
        group.addTask {
          let one = DepositoFixture.movement(product, "ENTRADA", number < 2 ? "\(number + 1)" : "10")
          let headers = number < 2 ? ["Idempotency-Key": "la-misma"] : [:]
          let path = number == 0 ? "/api/v1/stock/movement" : "/api/v1/stock/movements/batch"
          let body = number == 0 ? one : #"{"movimientos":[\#(one)]}"#
          return (number, try await client.send("POST", path, json: body, headers: headers).status)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    try await lock.value
    #expect(answers.filter { $0.0 >= 2 }.allSatisfy { $0.1 == 200 })
    #expect(answers.filter { $0.0 < 2 }.map(\.1).sorted() == [200, 409])
    let stock = try await deposito.psql("SELECT stock_actual FROM deposito.productos")
    #expect(["101.000", "102.000"].contains(stock))
  }
}
