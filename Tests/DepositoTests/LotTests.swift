import Foundation
import TestSupport
import Testing

/// Lots: what expires first goes out first.
@Suite struct LotTests {
  private func move(_ client: HTTPClient, _ product: Int, _ kind: String, _ fields: String) async throws
    -> HTTPClient.Answer
  {
    try await client.send(
      "POST", "/api/v1/stock/movement",
      json: #"{"producto_id":\#(product),"tipo_movimiento":"\#(kind)","motivo":"prueba",\#(fields)}"#)
  }

  private func lots(_ answer: HTTPClient.Answer) -> [String] {
    (answer.json["movimiento"]?["lotes"]?.array ?? []).map {
      "\($0["codigo"]?.string ?? "-") \($0["cantidad"]?.number ?? 0)"
    }
  }

  /// Ten in no lot, five of A (December), three of B (June), two of C (which does not expire).
  private func start() async throws -> (deposito: DepositoFixture, client: HTTPClient, product: Int) {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "leche", stock: "10")
    for (quantity, lot) in [
      (5, #"{"codigo":"A","vence":"2027-12-31"}"#), (3, #"{"codigo":"B","vence":"2027-06-30"}"#),
      (2, #"{"codigo":"C"}"#),
    ] {
      let answer = try await move(client, product, "ENTRADA", #""cantidad":\#(quantity),"lote":\#(lot)"#)
      #expect(answer.status == 200, "\(answer.text)")
    }
    return (deposito, client, product)
  }

  @Test func theFirstToExpireGoesFirst() async throws {
    let shop = try await start()
    let first = try await move(shop.client, shop.product, "SALIDA", #""cantidad":4"#)
    #expect(lots(first) == ["B -3", "A -1"])
    let second = try await move(shop.client, shop.product, "SALIDA", #""cantidad":8"#)
    #expect(lots(second) == ["A -4", "C -2"] && second.json["producto"]?["stock_actual"]?.number == 8)
    // Only what is in no lot is left.
    #expect(lots(try await move(shop.client, shop.product, "SALIDA", #""cantidad":8"#)) == [])
    #expect(try await shop.client.send("GET", "/api/v1/lotes").json["total"]?.int == 0)
    #expect(try await shop.deposito.psql("SELECT count(*) FROM deposito.movimiento_lotes") == "7")
  }

  @Test func theyAreListedByTheirDay() async throws {
    let shop = try await start()
    let all = try await shop.client.send("GET", "/api/v1/lotes?producto_id=\(shop.product)")
    #expect((all.json["lotes"]?.array ?? []).map { $0["codigo"]?.string } == ["B", "A", "C"])
    #expect(all.json["lotes"]?.array?.first?["vence"]?.string == "2027-06-30")
    let soon = try await shop.client.send("GET", "/api/v1/lotes?vence_hasta=2027-07-01")
    #expect(soon.json["total"]?.int == 1)
    #expect(try await shop.client.send("GET", "/api/v1/lotes?vence_hasta=2027-02-30").status == 422)
  }

  @Test func oneLotIsTakenByName() async throws {
    let shop = try await start()
    #expect(
      lots(try await move(shop.client, shop.product, "SALIDA", #""cantidad":1,"lote":{"codigo":"A"}"#)) == ["A -1"])
    let missing = try await move(shop.client, shop.product, "SALIDA", #""cantidad":4.001,"lote":{"codigo":"A"}"#)
    #expect(missing.status == 409 && missing.json["code"]?.string == "stock_insuficiente")
    // More of a lot that is there; not with another day.
    #expect(
      lots(try await move(shop.client, shop.product, "ENTRADA", #""cantidad":2,"lote":{"codigo":"A"}"#)) == ["A 2"])
    let other = try await move(
      shop.client, shop.product, "ENTRADA", #""cantidad":2,"lote":{"codigo":"A","vence":"2028-01-01"}"#)
    #expect(other.status == 422 && other.json["errores"]?.array?.first?["campo"]?.string == "lote.vence")
  }

  @Test func aTransferTakesItsLotsAlong() async throws {
    let shop = try await start()
    let annex = try await shop.client.send("POST", "/api/v1/depositos", json: #"{"codigo":"B","nombre":"B"}"#)
    let id = try #require(annex.json["id"]?.int)
    let moved = try await move(
      shop.client, shop.product, "TRANSFERENCIA", #""cantidad":4,"deposito_destino_id":\#(id)"#)
    #expect(lots(moved) == ["B -3", "B 3", "A -1", "A 1"])
    let there = try await shop.client.send("GET", "/api/v1/lotes?deposito_id=\(id)")
    #expect((there.json["lotes"]?.array ?? []).map { $0["cantidad"]?.number } == [3, 1])
    #expect(try await shop.client.send("GET", "/api/v1/reportes/integrity-check").json["integridad_ok"] == .bool(true))
  }

  @Test func anAdjustmentTakesFirstWhatIsInNoLot() async throws {
    let shop = try await start()
    #expect(lots(try await move(shop.client, shop.product, "AJUSTE", #""cantidad":-10"#)) == [])
    #expect(lots(try await move(shop.client, shop.product, "AJUSTE", #""cantidad":-1"#)) == ["B -1"])
  }

  @Test(arguments: [
    (#"{"codigo":""}"#, "lote.codigo"), (#"{"codigo":"A","vence":"31/12/2027"}"#, "lote.vence"),
    (#"{"codigo":"A","color":"rojo"}"#, "lote.color"), ("7", "lote"),
  ])
  func badLotsAreNamed(lot: String, field: String) async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    let answer = try await move(client, product, "ENTRADA", #""cantidad":1,"lote":\#(lot)"#)
    #expect(answer.status == 422 && answer.json["errores"]?.array?.first?["campo"]?.string == field, "\(answer.text)")
  }
}
