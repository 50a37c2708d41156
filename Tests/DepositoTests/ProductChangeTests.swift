import Foundation
import TestSupport
import Testing

/// Changing and removing products, and finding them.
@Suite struct ProductChangeTests {
  private func change(
    _ client: HTTPClient, _ id: Int, _ body: String, method: String = "PUT", headers: [String: String] = [:]
  ) async throws -> HTTPClient.Answer {
    try await client.send(method, "/api/v1/productos/\(id)", json: body, headers: headers)
  }

  @Test(arguments: ["PUT", "PATCH"])
  func whatIsNotNamedStays(method: String) async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let id = try await deposito.product(client, code: "uno", stock: "4")
    let before = try await client.send("GET", "/api/v1/productos/\(id)")
    #expect(before.headers["etag"] == "\"1\"")
    let answer = try await change(
      client, id, #"{"precio_venta":199.99,"descripcion":"nueva","stock_minimo":2}"#, method: method)
    #expect(answer.status == 200 && answer.headers["etag"] == "\"2\"")
    #expect(answer.json["precio_venta"]?.number == Decimal(string: "199.99"))
    #expect(answer.json["descripcion"]?.string == "nueva" && answer.json["stock_minimo"]?.number == 2)
    for name in ["codigo", "nombre", "categoria", "precio_compra", "stock_actual", "created_at"] {
      #expect(answer.json[name] == before.json[name], "\(name)")
    }
    #expect(try await client.send("GET", "/api/v1/productos/\(id)").json == answer.json)
    #expect(try await change(client, id, #"{"descripcion":null}"#).json["descripcion"] == nil)
  }

  @Test(arguments: [
    (#"{"stock_actual":3}"#, ["stock_actual"]), (#"{"nombre":null}"#, ["nombre"]), (#"{}"#, [""]),
    (#"{"precio_venta":1.001,"id":7}"#, ["id", "precio_venta"]),
  ])
  func badChangesAreNamed(body: String, names: [String]) async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let answer = try await change(client, try await deposito.product(client, code: "uno"), body)
    #expect(answer.status == 422)
    #expect((answer.json["errores"]?.array ?? []).compactMap { $0["campo"]?.string }.sorted() == names)
  }

  /// Where it may be absent, null says the same.
  @Test func nullIsAbsence() async throws {
    let deposito = try await DepositoFixture.start()
    let body = """
      {"codigo":"n","nombre":"n","descripcion":null,"categoria":"c","codigo_barras":null,"precio_compra":1,
       "precio_venta":2,"stock_actual":null,"ubicacion":null}
      """
    let answer = try await deposito.admin().send("POST", "/api/v1/productos", json: body)
    #expect(answer.status == 201 && answer.json["stock_actual"]?.number == 0)
  }

  @Test func aStaleVersionIsRefused() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let id = try await deposito.product(client, code: "uno")
    #expect(try await change(client, id, #"{"nombre":"A"}"#, headers: ["If-Match": "\"1\""]).status == 200)
    let stale = try await change(client, id, #"{"nombre":"B"}"#, headers: ["If-Match": "\"1\""])
    #expect(stale.status == 412 && stale.json["code"]?.string == "version_distinta")
    for (tag, status) in [("W/\"2\"", 412), ("\"1\", \"2\"", 200), ("*", 200), ("cualquiera", 412)] {
      #expect(try await change(client, id, #"{"nombre":"C"}"#, headers: ["If-Match": tag]).status == status, "\(tag)")
    }
    #expect(try await change(client, 9_999, #"{"nombre":"C"}"#, headers: ["If-Match": "\"1\""]).status == 404)
  }

  @Test func whoHasItAlreadyIsNotSentItAgain() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let path = "/api/v1/productos/\(try await deposito.product(client, code: "uno"))"
    let known = try await client.send("GET", path, headers: ["If-None-Match": "\"1\""])
    #expect(known.status == 304 && known.text.isEmpty)
    #expect(try await client.send("GET", path, headers: ["If-None-Match": "\"0\""]).status == 200)
  }

  @Test func aRemovedProductFreesItsCode() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let id = try await deposito.product(client, code: "uno", stock: "1")
    let held = try await client.send("DELETE", "/api/v1/productos/\(id)")
    #expect(held.status == 409 && held.json["code"]?.string == "producto_con_stock")
    _ = try await client.send("POST", "/api/v1/stock/movement", json: DepositoFixture.movement(id, "SALIDA", "1"))
    #expect(try await client.send("DELETE", "/api/v1/productos/\(id)").status == 204)
    #expect(try await client.send("DELETE", "/api/v1/productos/\(id)").status == 404)
    #expect(try await client.send("GET", "/api/v1/productos/codigo/uno").status == 404)
    #expect(try await client.send("GET", "/api/v1/productos/\(id)").json["activo"] == .bool(false))
    let movement = DepositoFixture.movement(id, "ENTRADA", "1")
    #expect(try await client.send("POST", "/api/v1/stock/movement", json: movement).status == 404)
    #expect(try await deposito.product(client, code: "uno") != id)
    #expect(
      try await deposito.psql("SELECT accion FROM deposito.auditoria WHERE objeto = 'producto:\(id)' ORDER BY id")
        == "producto_creado\nproducto_dado_de_baja")
    let events = "SELECT tipo FROM deposito.eventos WHERE producto_id = \(id) ORDER BY id"
    #expect(try await deposito.psql(events) == "product_created\nstock_updated\nstock_updated\nproduct_deleted")
  }

  @Test func barcodesBelongToOneProduct() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let (one, two) = (try await deposito.product(client, code: "uno"), try await deposito.product(client, code: "dos"))
    // Weights 1 and 3: 7+9+0+0+1+0 + 3·(7+0+0+0+0+1) = 17 + 24 = 41, so 9; with a 2 for the 1 the sum is 44, so 6.
    let codes = ["7790001000019", "7790001000026"]
    let both = try await change(client, one, #"{"codigos_barras":["\#(codes[0])","\#(codes[1])"]}"#)
    #expect(both.status == 200 && both.json["codigo_barras"]?.string == codes[0])
    for code in codes {
      #expect(try await client.send("GET", "/api/v1/productos/barras/\(code)").json["id"]?.int == one)
    }
    let taken = try await change(client, two, #"{"codigo_barras":"\#(codes[1])"}"#)
    #expect(taken.status == 409 && taken.json["code"]?.string == "codigo_duplicado")
    #expect(try await change(client, one, #"{"codigos_barras":["\#(codes[0])"]}"#).status == 200)
    #expect(try await change(client, two, #"{"codigo_barras":"\#(codes[1])"}"#).status == 200)
    #expect(try await change(client, two, #"{"codigo_barras":"7790001000018"}"#).status == 422)
    #expect(try await client.send("DELETE", "/api/v1/productos/\(one)").status == 204)
    #expect(try await client.send("GET", "/api/v1/productos/barras/\(codes[0])").status == 404)
    // The database itself refuses a wrong check digit.
    await #expect(throws: TestSupportError.self) {
      try await deposito.psql("UPDATE deposito.productos SET codigos_barras = '{7790001000018}'")
    }
  }

  @Test func searchMindsNeitherAccentsNorAMisprint() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    for (code, name) in [("AZ-1", "Azúcar rubia"), ("YE-1", "Yerba con palo"), ("CA-1", "Café 100% molido")] {
      let body = #"{"codigo":"\#(code)","nombre":"\#(name)","categoria":"a","precio_compra":1,"precio_venta":2}"#
      #expect(try await client.send("POST", "/api/v1/productos", json: body).status == 201)
    }
    for (text, code) in [
      ("azucar", "AZ-1"), ("AZ%C3%9ACAR", "AZ-1"), ("azucra+rubia", "AZ-1"), ("palo", "YE-1"), ("ye-1", "YE-1"),
      ("100%25", "CA-1"),
    ] {
      let found = try await client.send("GET", "/api/v1/productos/search?q=\(text)")
      #expect((found.json["items"]?.array ?? []).first?["codigo"]?.string == code, "\(text): \(found.text)")
    }
    // What is typed is text, not a pattern.
    #expect(try await client.send("GET", "/api/v1/productos/search?q=%25").json["total"]?.int == 1)
    #expect(try await client.send("GET", "/api/v1/productos/search?q=nada").json["total"]?.int == 0)
    #expect(try await client.send("GET", "/api/v1/productos/search").status == 422)
    #expect(try await client.send("GET", "/api/v1/productos?q=azucar").json["total"]?.int == 1)
  }

  @Test func thePriceIsThere() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    _ = try await deposito.product(client, code: "uno")
    let price = try await client.send("GET", "/api/v1/productos/codigo/uno/precio")
    #expect(price.json["precio_venta"]?.number == Decimal(string: "150.25"))
    #expect(price.json["precio_compra"]?.number == Decimal(string: "100.5"))
    #expect(price.json["moneda"]?.string == "ARS")
    #expect(try await client.send("GET", "/api/v1/productos/codigo/dos/precio").status == 404)
  }
}
