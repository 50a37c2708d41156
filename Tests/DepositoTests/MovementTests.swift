import Foundation
import TestSupport
import Testing

@Suite struct MovementTests {
  @Test func movesStockAndWritesTheLedger() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    let answer = try await client.send(
      "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "2.125"))
    #expect(answer.status == 200)
    #expect(answer.json["success"] == .bool(true))
    let movement = try #require(answer.json["movimiento"])
    #expect(movement["id"] == answer.json["movimiento_id"])
    #expect(movement["stock_anterior"]?.number == 10)
    #expect(movement["stock_resultante"]?.number == Decimal(string: "7.875"))
    #expect(movement["usuario"]?.string == "admin")
    #expect(answer.json["producto"]?["stock_actual"]?.number == Decimal(string: "7.875"))
    #expect(answer.json["producto"]?["version"]?.int == 2)
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="SALIDA",resultado="registrado"}"#) == 1)
    #expect(try await deposito.metric(#"deposito_productos_procesados_total{tipo="SALIDA"}"#) == 2.125)
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="ENTRADA",resultado="registrado"}"#) == 1)
    #expect(try await deposito.metric(#"deposito_productos_procesados_total{tipo="ENTRADA"}"#) == 10)
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="ENTRADA",resultado="fallido"}"#) == 0)
  }

  @Test func stockIsNeverNegative() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "1")
    let answer = try await client.send(
      "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "1.001"))
    #expect(answer.status == 409)
    #expect(answer.json["code"]?.string == "stock_insuficiente")
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.movimientos") == "1")
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="SALIDA",resultado="rechazado"}"#) == 1)
  }

  @Test(arguments: [
    (#"{"producto_id":1,"tipo_movimiento":"ROBO","cantidad":1,"motivo":"x"}"#, ["tipo_movimiento"]),
    (
      #"{"producto_id":-1,"tipo_movimiento":"ENTRADA","cantidad":0,"motivo":""}"#,
      ["cantidad", "motivo", "producto_id"]
    ),
    (#"{"producto_id":1.5,"tipo_movimiento":"ENTRADA","cantidad":0.0001,"motivo":"x"}"#, ["cantidad", "producto_id"]),
    (#"{}"#, ["cantidad", "motivo", "producto_id", "tipo_movimiento"]),
  ])
  func badFieldsAreNamed(body: String, fields: [String]) async throws {
    let deposito = try await DepositoFixture.start()
    let answer = try await deposito.admin().send("POST", "/api/v1/stock/movement", json: body)
    #expect(answer.status == 422)
    #expect((answer.json["errores"]?.array?.compactMap { $0["campo"]?.string } ?? []).sorted() == fields)
  }

  @Test func aMovementOfNothingIs404() async throws {
    let deposito = try await DepositoFixture.start()
    let answer = try await deposito.admin().send(
      "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(77, "ENTRADA", "1"))
    #expect(answer.status == 404)
  }

  @Test func manyAtOnceKeepTheBooks() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "50")
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<80 {
        group.addTask {
          try await client.send(
            "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "1")
          ).status
        }
      }
      return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    }
    // Fifty can leave and thirty must be refused, whatever the order.
    #expect(statuses == [200: 50, 409: 30])
    let books = try await deposito.psql(
      """
      SELECT p.stock_actual, sum(CASE m.tipo WHEN 'ENTRADA' THEN m.cantidad ELSE -m.cantidad END), count(*)
      FROM deposito.productos p JOIN deposito.movimientos m ON m.producto_id = p.id GROUP BY p.id
      """)
    #expect(books == "0.000|0.000|51")
  }

  @Test func theLedgerIsAppendOnly() async throws {
    let deposito = try await DepositoFixture.start()
    _ = try await deposito.product(try await deposito.admin(), code: "uno", stock: "5")
    for statement in [
      "UPDATE deposito.movimientos SET cantidad = 1", "DELETE FROM deposito.movimientos",
      "TRUNCATE deposito.movimientos",
    ] {
      // Even the owner is refused, by the trigger.
      await #expect(throws: TestSupportError.self, "\(statement)") { try await deposito.psql(statement) }
      await #expect(throws: TestSupportError.self, "\(statement)") {
        try await deposito.psql("SET ROLE deposito_app; \(statement)")
      }
    }
    // What it names stays, under the number by which it is named.
    for statement in [
      "DELETE FROM deposito.productos", "TRUNCATE deposito.productos CASCADE", "DELETE FROM deposito.depositos",
      "UPDATE deposito.depositos SET id = 7",
    ] {
      await #expect(throws: TestSupportError.self, "\(statement)") { try await deposito.psql(statement) }
    }
    await #expect(throws: TestSupportError.self) {
      try await deposito.psql("SET ROLE deposito_app; UPDATE deposito.usuarios SET usuario = 'otro'")
    }
    #expect(try await deposito.psql("SELECT sum(cantidad) FROM deposito.movimientos") == "5.000")
  }
}
