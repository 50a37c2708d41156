import Foundation
import TestSupport
import Testing

/// Open a sheet, count, close: each difference is an AJUSTE.
@Suite struct StockTakeTests {
  private func open(_ client: HTTPClient, _ body: String = #"{"nombre":"Góndola 1"}"#) async throws -> Int {
    let answer = try await client.send("POST", "/api/v1/conteos", json: body)
    #expect(answer.status == 201 && answer.json["estado"]?.string == "abierto")
    return try #require(answer.json["id"]?.int)
  }

  private func count(_ client: HTTPClient, _ sheet: Int, _ lines: [(Int, String)]) async throws -> HTTPClient.Answer {
    let text = lines.map { #"{"producto_id":\#($0.0),"contado":\#($0.1)}"# }.joined(separator: ",")
    return try await client.send("PUT", "/api/v1/conteos/\(sheet)/lineas", json: #"{"lineas":[\#(text)]}"#)
  }

  @Test func differencesBecomeAdjustments() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let (one, two) = (
      try await deposito.product(client, code: "uno", stock: "10"),
      try await deposito.product(client, code: "dos", stock: "5")
    )
    let sheet = try await open(client)
    #expect(try await count(client, sheet, [(one, "7.5"), (two, "5")]).json["diferencias"]?.int == 1)
    // What leaves after it was counted is no difference.
    let sale = DepositoFixture.movement(one, "SALIDA", "2")
    #expect(try await client.send("POST", "/api/v1/stock/movement", json: sale).status == 200)
    let read = try await client.send("GET", "/api/v1/conteos/\(sheet)")
    let lines = read.json["lineas"]?.array ?? []
    #expect(lines.map { $0["codigo"]?.string } == ["uno", "dos"])
    #expect(lines.first?["esperado"]?.number == 10 && lines.first?["diferencia"]?.number == Decimal(string: "-2.5"))
    let closed = try await client.send("POST", "/api/v1/conteos/\(sheet)/cerrar")
    #expect(closed.status == 200 && closed.json["conteo"]?["estado"]?.string == "cerrado")
    let movements = closed.json["movimientos"]?.array ?? []
    #expect(movements.count == 1 && movements.first?["tipo"]?.string == "AJUSTE")
    #expect(movements.first?["referencia"]?.string == "conteo:\(sheet)")
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos ORDER BY id") == "5.500\n5.000")
    #expect(try await client.send("GET", "/api/v1/reportes/integrity-check").json["integridad_ok"] == .bool(true))
  }

  @Test func whatHasEndedStays() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "1")
    let sheet = try await open(client)
    #expect(try await count(client, sheet, [(product, "9")]).status == 200)
    #expect(try await client.send("POST", "/api/v1/conteos/\(sheet)/anular").json["estado"]?.string == "anulado")
    for path in ["cerrar", "anular"] {
      let answer = try await client.send("POST", "/api/v1/conteos/\(sheet)/\(path)")
      #expect(answer.status == 409 && answer.json["code"]?.string == "conteo_terminado")
    }
    #expect(try await count(client, sheet, [(product, "2")]).status == 409)
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "1.000")
    await #expect(throws: TestSupportError.self) {
      try await deposito.psql("UPDATE deposito.conteos SET estado = 'abierto', terminado_at = NULL")
    }
    #expect(try await client.send("GET", "/api/v1/conteos?estado=anulado").json["total"]?.int == 1)
    #expect(try await client.send("GET", "/api/v1/conteos?estado=abierto").json["total"]?.int == 0)
  }

  @Test func aDifferenceThatIsNoLongerThereLeavesItOpen() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    let sheet = try await open(client)
    #expect(try await count(client, sheet, [(product, "1")]).status == 200)
    let sale = DepositoFixture.movement(product, "SALIDA", "5")
    #expect(try await client.send("POST", "/api/v1/stock/movement", json: sale).status == 200)
    let closed = try await client.send("POST", "/api/v1/conteos/\(sheet)/cerrar")
    #expect(closed.status == 409 && closed.json["code"]?.string == "stock_insuficiente")
    #expect(try await client.send("GET", "/api/v1/conteos/\(sheet)").json["conteo"]?["estado"]?.string == "abierto")
    // Counted again, it is right.
    #expect(try await count(client, sheet, [(product, "5")]).json["diferencias"]?.int == 0)
    #expect(try await client.send("POST", "/api/v1/conteos/\(sheet)/cerrar").status == 200)
  }

  @Test func aSheetIsOfOneWarehouse() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    let annex = try await client.send("POST", "/api/v1/depositos", json: #"{"codigo":"B","nombre":"B"}"#)
    let id = try #require(annex.json["id"]?.int)
    let sheet = try await open(client, #"{"nombre":"Anexo","deposito_id":\#(id)}"#)
    #expect(try await count(client, sheet, [(product, "4")]).status == 200)
    #expect(try await client.send("POST", "/api/v1/conteos/\(sheet)/cerrar").status == 200)
    #expect(try await deposito.psql("SELECT stock_actual, stock_otros FROM deposito.productos") == "14.000|4.000")
    let nowhere = try await client.send("POST", "/api/v1/conteos", json: #"{"nombre":"x","deposito_id":77}"#)
    #expect(nowhere.status == 422)
  }

  @Test func badCountsAreNamed() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    let sheet = try await open(client)
    for (lines, field) in [
      ([(product, "-1")], "lineas[0].contado"), ([(product, "1"), (product, "2")], "lineas"),
      ([(product, "1"), (9_999, "2")], "lineas[1].producto_id"),
    ] {
      let answer = try await count(client, sheet, lines)
      #expect(answer.status == 422 && answer.json["errores"]?.array?.first?["campo"]?.string == field, "\(answer.text)")
    }
    #expect(try await count(client, 9_999, [(product, "1")]).status == 404)
    #expect(try await client.send("POST", "/api/v1/conteos/9999/cerrar").status == 404)
  }
}
