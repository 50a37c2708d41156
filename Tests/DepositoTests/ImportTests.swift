import Foundation
import TestSupport
import Testing

/// Files in and out.
@Suite struct ImportTests {
  private func load(
    _ client: HTTPClient, _ path: String, _ text: String, type: String = "text/csv", key: String? = nil
  ) async throws -> HTTPClient.Answer {
    var headers = ["Content-Type": type]
    headers["Idempotency-Key"] = key
    return try await client.send("POST", path, json: text, headers: headers)
  }

  private static let header = "codigo,nombre,categoria,precio_compra,precio_venta,stock_actual\n"

  @Test func goodRowsEnterAndBadOnesAreNamed() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let answer = try await load(
      client, "/api/v1/productos/import",
      Self.header + "A,\"Yerba, 1 kg\",almacen,10.50,20,5\nB,Sin precio,almacen,,20,1\nC,Mal,almacen,1,x,0\nD,Corta\n"
        + "E,Azúcar,almacen,1,2,\n")
    #expect(answer.status == 200)
    #expect(answer.json["filas"]?.int == 5 && answer.json["aplicadas"]?.int == 2)
    #expect(answer.json["errores_total"]?.int == 3)
    let errors = (answer.json["errores"]?.array ?? []).map { "\($0["linea"]?.int ?? 0) \($0["campo"]?.string ?? "-")" }
    #expect(errors == ["3 precio_compra", "4 precio_venta", "5 -"])
    let rows = try await deposito.psql(
      "SELECT codigo, nombre, precio_compra, stock_actual, version FROM deposito.productos ORDER BY codigo")
    #expect(rows == "A|Yerba, 1 kg|10.50|5.000|1\nE|Azúcar|1.00|0.000|1")
  }

  @Test func aKnownCodeIsChangedAndKeepsItsStock() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    // The second line is about the product of the first.
    let file = Self.header + "A,Uno,almacen,1,2,5\nA,Dos,almacen,3,4,9\n"
    #expect(try await load(client, "/api/v1/productos/import", file).json["aplicadas"]?.int == 2)
    let row = "SELECT nombre, precio_venta, stock_actual, version FROM deposito.productos"
    #expect(try await deposito.psql(row) == "Dos|4.00|5.000|2")
    #expect(try await client.send("GET", "/api/v1/reportes/integrity-check").json["integridad_ok"] == .bool(true))
  }

  @Test func theSameFileAgainChangesNothing() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let file = """
      codigo,nombre,categoria,precio_compra,precio_venta,stock_actual,stock_minimo
      a,A,c,1.50,2,5,0
      b,B,c,007.25,2,0,1
      """
    func load(_ file: String) async throws -> Int? {
      try await self.load(client, "/api/v1/productos/import", file).json["aplicadas"]?.int
    }
    let state = "SELECT string_agg(concat_ws(' ', codigo, version, stock_actual, updated_at), ',' ORDER BY codigo) "
    #expect(try await load(file) == 2)
    let before = try await deposito.psql("\(state) FROM deposito.productos")
    let events = try await deposito.psql("SELECT count(*) FROM deposito.eventos")
    #expect(try await load(file) == 2)
    #expect(try await deposito.psql("\(state) FROM deposito.productos") == before)
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.eventos") == events)
    #expect(try await load(file.replacing("b,B", with: "b,Otro")) == 2)
    #expect(try await deposito.psql("SELECT version FROM deposito.productos WHERE codigo = 'b'") == "2")
  }

  @Test func aBarcodeThatIsTakenCostsItsRowAlone() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let lines = ["A", "B", "C"].map { code in
      let barcode = code == "C" ? "" : #","codigo_barras":"7790001000019""#
      return #"{"codigo":"\#(code)","nombre":"n","categoria":"c","precio_compra":1,"precio_venta":2\#(barcode)}"#
    }
    let answer = try await load(
      client, "/api/v1/productos/import", lines.joined(separator: "\n"), type: "application/x-ndjson")
    #expect(answer.json["aplicadas"]?.int == 2 && answer.json["errores_total"]?.int == 1)
    #expect(try await deposito.psql("SELECT string_agg(codigo, '' ORDER BY codigo) FROM deposito.productos") == "AC")
  }

  @Test func movementsHaveTheirOwnOutcomes() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    _ = try await deposito.product(client, code: "uno", stock: "10")
    let file = """
      codigo,tipo_movimiento,cantidad,motivo
      uno,SALIDA,4,venta
      uno,SALIDA,40,venta
      nadie,SALIDA,1,venta
      uno,ENTRADA,1.0001,compra
      uno,ENTRADA,2.5,compra

      """
    let path = "/api/v1/stock/movements/import"
    let first = try await load(client, path, file, key: "archivo-1")
    #expect(first.json["filas"]?.int == 5 && first.json["aplicadas"]?.int == 2)
    #expect((first.json["errores"]?.array ?? []).compactMap { $0["linea"]?.int }.sorted() == [3, 4, 5])
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "8.500")
    // The same file again: nothing twice.
    let again = try await load(client, path, file, key: "archivo-1")
    #expect(again.json["aplicadas"]?.int == 2)
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "8.500")
  }

  @Test func whatIsExportedIsImported() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let rows = (1...2_500).map { "P\($0),\"Nombre, \($0)\",cat,\($0).25,\($0 + 1),\($0 % 7)\n" }.joined()
    #expect(try await load(client, "/api/v1/productos/import", Self.header + rows).json["aplicadas"]?.int == 2_500)
    let csv = try await client.send("GET", "/api/v1/productos/export")
    #expect(csv.headers["content-type"] == "text/csv; charset=utf-8")
    #expect(csv.text.split(separator: "\r\n").count == 2_501)
    let other = try await DepositoFixture.start()
    let copy = try await load(try await other.admin(), "/api/v1/productos/import", csv.text)
    #expect(copy.json["aplicadas"]?.int == 2_500 && copy.json["errores_total"]?.int == 0)
    let sums = "SELECT count(*), sum(stock_actual), sum(precio_compra), sum(length(nombre)) FROM deposito.productos"
    #expect(try await other.psql(sums) == (try await deposito.psql(sums)))
    let lines = try await client.send("GET", "/api/v1/stock/movements/export?formato=jsonl").text.split(separator: "\n")
    // Every seventh has no stock: 2,500 - 357.
    #expect(lines.count == 2_143)
    #expect(try await client.send("GET", "/api/v1/productos/export?formato=xml").status == 422)
  }

  @Test func filesThatAreNoneAreRefused() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let path = "/api/v1/productos/import"
    #expect(try await load(client, path, "{}", type: "application/json").status == 415)
    let broken = try await load(client, path, Self.header + "A,\"sin cerrar,almacen,1,2,3\n")
    #expect(broken.status == 422 && broken.json["errores"]?.array?.first?["campo"]?.string == "línea 2")
    #expect(try await load(client, path, "\n").json["filas"]?.int == 0)
    let lines = try await load(client, path, "[]\n7\nno\n", type: "application/x-ndjson")
    #expect(lines.json["errores_total"]?.int == 3)
  }
}
