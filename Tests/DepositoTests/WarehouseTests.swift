import Foundation
import TestSupport
import Testing

/// Stock in more than one warehouse.
@Suite struct WarehouseTests {
  private func start() async throws -> (deposito: DepositoFixture, client: HTTPClient, product: Int, annex: Int) {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let created = try await client.send("POST", "/api/v1/depositos", json: #"{"codigo":"ANEXO","nombre":"Anexo"}"#)
    #expect(created.status == 201)
    let annex = try #require(created.json["id"]?.int)
    return (deposito, client, try await deposito.product(client, code: "uno", stock: "10"), annex)
  }

  private func move(_ client: HTTPClient, _ fields: String) async throws -> HTTPClient.Answer {
    try await client.send("POST", "/api/v1/stock/movement", json: "{\(fields),\"motivo\":\"prueba\"}")
  }

  private func parts(_ product: JSONScalar?) -> [Int: Decimal] {
    (product?["stock_por_deposito"]?.array ?? []).reduce(into: [:]) { parts, part in
      if let id = part["deposito_id"]?.int { parts[id] = part["cantidad"]?.number }
    }
  }

  @Test func oneExistsFromTheStart() async throws {
    let shop = try await start()
    let (client, annex) = (shop.client, shop.annex)
    let list = try await client.send("GET", "/api/v1/depositos").json["depositos"]?.array ?? []
    #expect(list.map { $0["codigo"]?.string } == ["PRINCIPAL", "ANEXO"])
    #expect(list.map { $0["id"]?.int } == [1, annex] && list.allSatisfy { $0["activo"] == .bool(true) })
    let again = try await client.send("POST", "/api/v1/depositos", json: #"{"codigo":"ANEXO","nombre":"Otro"}"#)
    #expect(again.status == 409 && again.json["code"]?.string == "codigo_duplicado")
  }

  @Test func aTransferLeavesTheTotal() async throws {
    let shop = try await start()
    let (deposito, client, product, annex) = (shop.deposito, shop.client, shop.product, shop.annex)
    let answer = try await move(
      client,
      #""producto_id":\#(product),"tipo_movimiento":"TRANSFERENCIA","cantidad":4,"deposito_destino_id":\#(annex)"#)
    #expect(answer.status == 200)
    #expect(answer.json["producto"]?["stock_actual"]?.number == 10)
    #expect(parts(answer.json["producto"]) == [1: 6, annex: 4])
    #expect(answer.json["movimiento"]?["stock_anterior"]?.number == 10)
    #expect(answer.json["movimiento"]?["stock_resultante"]?.number == 10)
    #expect(answer.json["movimiento"]?["deposito_destino_id"]?.int == annex)
    // As whoever reads it sees it.
    #expect(parts(.object(try await client.send("GET", "/api/v1/productos/\(product)").json)) == [1: 6, annex: 4])
    #expect(try await deposito.psql("SELECT stock_actual, stock_otros FROM deposito.productos") == "10.000|4.000")
  }

  @Test func aWarehouseGivesOnlyWhatItHas() async throws {
    let shop = try await start()
    let (client, product, annex) = (shop.client, shop.product, shop.annex)
    let fields = #""producto_id":\#(product),"tipo_movimiento":"SALIDA","deposito_id":\#(annex),"cantidad":"#
    let empty = try await move(client, fields + "1")
    #expect(empty.status == 409 && empty.json["code"]?.string == "stock_insuficiente")
    let entry = #""producto_id":\#(product),"tipo_movimiento":"ENTRADA","deposito_id":\#(annex),"cantidad":2.5"#
    #expect(try await move(client, entry).json["producto"]?["stock_actual"]?.number == Decimal(string: "12.5"))
    let left = try await move(client, fields + "2.5")
    #expect(left.status == 200 && parts(left.json["producto"]) == [1: 10])
    // What the other has is not the default one's to give.
    #expect(try await move(client, entry).status == 200)
    let all = #""producto_id":\#(product),"tipo_movimiento":"SALIDA","cantidad":10.001"#
    #expect(try await move(client, all).status == 409)
  }

  @Test func adjustmentsOfAPartAndOfTheWhole() async throws {
    let shop = try await start()
    let (client, product, annex) = (shop.client, shop.product, shop.annex)
    let part = try await client.send(
      "PUT", "/api/v1/stock/update",
      json: #"{"producto_id":\#(product),"nueva_cantidad":3,"deposito_id":\#(annex),"motivo":"conteo"}"#)
    #expect(part.json["producto"]?["stock_actual"]?.number == 13 && parts(part.json["producto"]) == [1: 10, annex: 3])
    let whole = try await client.send(
      "PUT", "/api/v1/stock/update", json: #"{"producto_id":\#(product),"nueva_cantidad":5,"motivo":"conteo"}"#)
    #expect(whole.json["movimiento"]?["tipo"]?.string == "AJUSTE")
    #expect(whole.json["movimiento"]?["cantidad"]?.number == -8)
    #expect(parts(whole.json["producto"]) == [1: 2, annex: 3])
    let impossible = try await client.send(
      "PUT", "/api/v1/stock/update", json: #"{"producto_id":\#(product),"nueva_cantidad":2,"motivo":"conteo"}"#)
    #expect(impossible.status == 409)
  }

  @Test(arguments: [
    (#""tipo_movimiento":"TRANSFERENCIA","cantidad":1"#, ["deposito_destino_id"]),
    (#""tipo_movimiento":"TRANSFERENCIA","cantidad":1,"deposito_destino_id":1"#, ["deposito_destino_id"]),
    (#""tipo_movimiento":"ENTRADA","cantidad":1,"deposito_destino_id":1"#, ["deposito_destino_id"]),
    (#""tipo_movimiento":"ENTRADA","cantidad":1,"deposito_id":77"#, ["deposito_id"]),
    (#""tipo_movimiento":"TRANSFERENCIA","cantidad":1,"deposito_destino_id":77"#, ["deposito_destino_id"]),
    (#""tipo_movimiento":"AJUSTE","cantidad":0"#, ["cantidad"]),
  ])
  func badWarehousesAreNamed(fields: String, names: [String]) async throws {
    let shop = try await start()
    let (client, product) = (shop.client, shop.product)
    let answer = try await move(client, #""producto_id":\#(product),"# + fields)
    #expect(answer.status == 422)
    #expect((answer.json["errores"]?.array ?? []).map { $0["campo"]?.string } == names)
  }
}
