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
}
