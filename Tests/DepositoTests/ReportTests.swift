import Foundation
import TestSupport
import Testing

/// Lists and reports over the ledger.
@Suite struct ReportTests {
  @Test func theLedgerIsReadPageByPage() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    for quantity in 1...4 {
      let body = DepositoFixture.movement(product, "SALIDA", "\(quantity)")
      #expect(try await client.send("POST", "/api/v1/stock/movement", json: body).status == 200)
    }
    var seen: [Decimal?] = []
    var path = "/api/v1/stock/movements?limit=2"
    for page in 1...3 {
      let answer = try await client.send("GET", path)
      #expect(answer.json["total"]?.int == 5)
      seen += (answer.json["movimientos"]?.array ?? []).map { $0["cantidad"]?.number }
      let cursor = answer.json["next_cursor"]?.string
      #expect((cursor == nil) == (page == 3))
      path = "/api/v1/stock/movements?limit=2&cursor=\(cursor ?? "")"
    }
    #expect(seen == [4, 3, 2, 1, 10])
    #expect(try await client.send("GET", "/api/v1/stock/movements?tipo=ENTRADA").json["total"]?.int == 1)
    #expect(try await client.send("GET", "/api/v1/stock/movements?producto_id=\(product + 1)").json["total"]?.int == 0)
    #expect(try await client.send("GET", "/api/v1/stock/movements?hasta=2020-01-01").json["total"]?.int == 0)
    #expect(try await client.send("GET", "/api/v1/stock/movements?desde=2020-01-01T00:00:00Z").json["total"]?.int == 5)
  }

  @Test(arguments: [
    "desde=ayer", "desde=2026-02-30", "hasta=2026-01-01T25:00:00Z", "tipo=ROBO", "cursor=x", "limit=201",
    "producto_id=0", "desde=2026-01-01T10:00:00+99:00",
  ])
  func badFiltersAre422(query: String) async throws {
    let deposito = try await DepositoFixture.start()
    #expect(try await deposito.admin().send("GET", "/api/v1/stock/movements?\(query)").status == 422)
  }

  @Test func criticalAndOverstocked() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    for (code, stock, minimum, maximum) in [
      ("a", "5", "5", "0"), ("b", "1", "9", "0"), ("c", "7.5", "1", "7"), ("d", "100", "1", "0"),
    ] {
      let body = """
        {"codigo":"\(code)","nombre":"n","categoria":"c","precio_compra":10.5,"precio_venta":20,
         "stock_actual":\(stock),"stock_minimo":\(minimum),"stock_maximo":\(maximum)}
        """
      #expect(try await client.send("POST", "/api/v1/productos", json: body).status == 201)
    }
    let gone = try await deposito.product(client, code: "e")
    #expect(try await client.send("DELETE", "/api/v1/productos/\(gone)").status == 204)
    let critical = try await client.send("GET", "/api/v1/stock/critical")
    #expect(critical.json["total"]?.int == 2)
    #expect((critical.json["productos"]?.array ?? []).map { $0["codigo"]?.string } == ["b", "a"])
    let report = try await client.send("GET", "/api/v1/reportes/stock")
    #expect(report.json["total_productos"]?.int == 5 && report.json["productos_activos"]?.int == 4)
    #expect(report.json["productos_stock_critico"]?.int == 2 && report.json["productos_sobrestock"]?.int == 1)
    // 113.5 units at 10.50.
    #expect(report.json["valor_total_inventario"]?.number == Decimal(string: "1191.75"))
    let top = try await client.send("GET", "/api/v1/reportes/top-movimientos?limit=2")
    #expect((top.json["productos"]?.array ?? []).map { $0["codigo"]?.string } == ["a", "b"])
    #expect(top.json["productos"]?.array?.first?["unidades_entrada"]?.number == 5)
    #expect(try await client.send("GET", "/api/v1/reportes/top-movimientos?dias=0").status == 422)
  }

  @Test func theIntegrityCheckFindsWhatSomebodyBroke() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    for body in [#"{"codigo":"B","nombre":"B"}"#] {
      #expect(try await client.send("POST", "/api/v1/depositos", json: body).status == 201)
    }
    let transfer = """
      {"producto_id":\(product),"tipo_movimiento":"TRANSFERENCIA","cantidad":4,"deposito_destino_id":2,"motivo":"m"}
      """
    #expect(try await client.send("POST", "/api/v1/stock/movement", json: transfer).status == 200)
    let lot = """
      {"producto_id":\(product),"tipo_movimiento":"ENTRADA","cantidad":2,"motivo":"m","lote":{"codigo":"L1"}}
      """
    #expect(try await client.send("POST", "/api/v1/stock/movement", json: lot).status == 200)
    func check() async throws -> HTTPClient.Answer {
      try await client.send("GET", "/api/v1/reportes/integrity-check")
    }
    let sound = try await check()
    #expect(sound.json["integridad_ok"] == .bool(true) && sound.json["total_productos_revisados"]?.int == 1)
    for (damage, repair) in [
      (
        "UPDATE deposito.productos SET stock_actual = 11", "UPDATE deposito.productos SET stock_actual = 12"
      ),
      ("UPDATE deposito.productos SET stock_otros = 3", "UPDATE deposito.productos SET stock_otros = 4"),
      (
        "UPDATE deposito.existencias SET cantidad = 3; UPDATE deposito.productos SET stock_otros = 3",
        "UPDATE deposito.existencias SET cantidad = 4; UPDATE deposito.productos SET stock_otros = 4"
      ),
      ("UPDATE deposito.lotes SET cantidad = 1", "UPDATE deposito.lotes SET cantidad = 2"),
      (
        "INSERT INTO deposito.lotes (id, producto_id, deposito_id, codigo, cantidad) VALUES (9, \(product), 2, 'x', 5)",
        "DELETE FROM deposito.lotes WHERE id = 9"
      ),
    ] {
      try await deposito.psql(damage)
      let broken = try await check()
      #expect(broken.json["integridad_ok"] == .bool(false), "\(damage)")
      #expect(broken.json["inconsistencias_encontradas"]?.int == 1)
      #expect(broken.json["inconsistencias"]?.array?.first?["producto_id"]?.int == product)
      try await deposito.psql(repair)
      #expect(try await check().json["integridad_ok"] == .bool(true))
    }
  }

  /// The only way in is the one that keeps the books.
  @Test func theApplicationCannotWriteStockByItself() async throws {
    let deposito = try await DepositoFixture.start()
    let product = try await deposito.product(try await deposito.admin(), code: "uno", stock: "5")
    for statement in [
      "UPDATE deposito.productos SET stock_actual = 1", "UPDATE deposito.productos SET stock_otros = 1",
      """
      INSERT INTO deposito.movimientos (id, producto_id, secuencia, tipo, cantidad, stock_anterior, stock_resultante,
        motivo, usuario) VALUES (99, \(product), 2, 'ENTRADA', 1, 5, 6, 'm', 'u')
      """,
      "INSERT INTO deposito.existencias VALUES (\(product), 1, 1)", "DELETE FROM deposito.auditoria",
      // From 4, where there are 5.
      asentar(product, version: 2, stock: 5, from: 4), asentar(product, version: 3, stock: 6, from: 5),
      asentar(product, version: 2, stock: 7, from: 5),
      // A product without a movement; a part of the stock that no movement moved.
      """
      SELECT deposito.asentar('{\(product)}', '{2}', '{1000}', '{0}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
        '{}', '{}', '{}', '{}', '{}', '{}', '{}')
      """,
      asentar(product, version: 2, stock: 6, from: 5, others: 1),
      asentar(product, version: 2, stock: 6, from: 5, others: 1, parts: "'{\(product)}', '{2}', '{1}'"),
      // In a warehouse that is not there; two minutes ago.
      asentar(product, version: 2, stock: 6, from: 5, warehouse: 99),
      asentar(product, version: 2, stock: 6, from: 5, more: ", en => now() - interval '2 minutes'"),
    ] {
      await #expect(throws: TestSupportError.self, "\(statement)") {
        try await deposito.psql("SET ROLE deposito_app; \(statement)")
      }
    }
    try await deposito.psql("SET ROLE deposito_app; \(asentar(product, version: 2, stock: 6, from: 5))")
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "6.000")
  }

  /// An ENTRADA of 1.
  private func asentar(
    _ product: Int, version: Int, stock: Int, from: Int, warehouse: Int = 1, others: Int = 0,
    parts: String = "'{}', '{}', '{}'", more: String = ""
  ) -> String {
    """
    SELECT deposito.asentar('{\(product)}', '{\(version)}', '{\(stock)}', '{\(others)}',
      '{99}', '{\(product)}', '{\(version)}', '{ENTRADA}', '{1}', '{\(from)}', '{\(from + 1)}', '{\(warehouse)}', '{NULL}',
      '{m}', '{NULL}', '{u}', \(parts)\(more))
    """
  }
}
