import Foundation
import TestSupport
import Testing

@Suite struct ProductTests {
  @Test func aProductComesBackAsItWasSent() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let body = """
      {"codigo":"YER-1","nombre":"Yerba \\"La Ñata\\" 1 kg","descripcion":"línea 1","categoria":"almacen",
       "codigo_barras":"7790001000019","precio_compra":999999999999.99,"precio_venta":0.1,
       "stock_actual":123456789.001,"stock_minimo":0.5,"stock_maximo":1e3,"ubicacion":"A-1"}
      """
    let created = try await client.send("POST", "/api/v1/productos", json: body)
    #expect(created.status == 201)
    let id = try #require(created.json["id"]?.int)
    #expect(created.headers["location"] == "/api/v1/productos/\(id)")
    let read = try await client.send("GET", "/api/v1/productos/\(id)")
    #expect(read.json == created.json)
    #expect(read.json["nombre"]?.string == "Yerba \"La Ñata\" 1 kg")
    #expect(read.json["precio_compra"]?.number == Decimal(string: "999999999999.99"))
    #expect(read.json["precio_venta"]?.number == Decimal(string: "0.1"))
    #expect(read.json["stock_actual"]?.number == Decimal(string: "123456789.001"))
    #expect(read.json["stock_maximo"]?.number == 1_000)
    // The bytes themselves: a reader that goes through a binary float would print 0.10000000000000001 or 1e+12.
    #expect(read.text.contains(#""precio_compra":999999999999.99"#))
    let byCode = try await client.send("GET", "/api/v1/productos/codigo/YER%2D1")
    #expect(byCode.json == created.json)
  }

  @Test func theOpeningStockIsAMovement() async throws {
    let deposito = try await DepositoFixture.start()
    let product = try await deposito.product(try await deposito.admin(), code: "uno", stock: "7.5")
    let row = try await deposito.psql(
      "SELECT tipo, cantidad, stock_anterior, stock_resultante, usuario FROM deposito.movimientos WHERE producto_id = \(product)"
    )
    #expect(row == "ENTRADA|7.500|0.000|7.500|admin")
  }

  @Test func aCodeExistsOnce() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    _ = try await deposito.product(client, code: "uno", stock: "1")
    let again = try await client.send(
      "POST", "/api/v1/productos", json: DepositoFixture.product(code: "uno", stock: "1"))
    #expect(again.status == 409)
    #expect(again.json["code"]?.string == "codigo_duplicado")
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.movimientos") == "1")
  }

  @Test func everyBadFieldIsNamed() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let body = """
      {"codigo":"","nombre":7,"precio_compra":1.005,"precio_venta":-1,"stock_actual":1e30,
       "codigo_barras":"7790001000010","sorpresa":true}
      """
    let answer = try await client.send("POST", "/api/v1/productos", json: body)
    #expect(answer.status == 422)
    #expect(answer.headers["content-type"] == "application/problem+json")
    #expect(answer.json["title"]?.string == "Unprocessable Content")
    let fields = answer.json["errores"]?.array?.compactMap { $0["campo"]?.string } ?? []
    #expect(
      fields.sorted() == [
        "categoria", "codigo", "codigo_barras", "nombre", "precio_compra", "precio_venta", "sorpresa", "stock_actual",
      ])
    #expect(answer.json["request_id"]?.string == answer.headers["x-request-id"])
  }

  @Test(arguments: [
    ("{", 400), ("[]", 400), ("\"x\"", 400), ("", 400), (#"{"a":NaN}"#, 400), (#"{"codigo":"\ud800"}"#, 400),
  ])
  func bodiesThatAreNoObjectAreRefused(body: String, status: Int) async throws {
    let deposito = try await DepositoFixture.start()
    let answer = try await deposito.admin().send("POST", "/api/v1/productos", json: body)
    #expect(answer.status == status)
    #expect(answer.json["code"]?.string == "json_invalido")
  }

  @Test func bodiesOfAnotherTypeOrSizeAreRefused() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let text = try await client.send("POST", "/api/v1/productos", json: "{}", headers: ["Content-Type": "text/plain"])
    #expect(text.status == 415)
    let large = #"{"nombre":"\#(String(repeating: "a", count: 1 << 20))"}"#
    let answer = try await client.send("POST", "/api/v1/productos", json: large)
    #expect(answer.status == 413)
    #expect(answer.json["code"]?.string == "cuerpo_demasiado_grande")
  }

  @Test func listsByPageFilterAndOrder() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    for (code, stock) in [("a_1", "3"), ("a_2", "1"), ("b%3", "2")] {
      _ = try await deposito.product(client, code: code, stock: stock)
    }
    func codes(_ query: String) async throws -> [String] {
      let answer = try await client.send("GET", "/api/v1/productos?\(query)")
      return answer.json["items"]?.array?.compactMap { $0["codigo"]?.string } ?? ["status \(answer.status)"]
    }
    #expect(try await codes("orden=stock_actual") == ["a_2", "b%3", "a_1"])
    #expect(try await codes("orden=-stock_actual") == ["a_1", "b%3", "a_2"])
    #expect(try await codes("size=2&page=2") == ["b%3"])
    #expect(try await codes("q=A_") == ["a_1", "a_2"])
    // A client's text is no pattern: % and _ stand for themselves.
    #expect(try await codes("q=%25") == ["b%3"])
    #expect(try await codes("categoria=otra") == [])
    #expect(try await codes("q=';DROP%20TABLE%20deposito.productos--") == [])
    let page = try await client.send("GET", "/api/v1/productos?size=2&page=9")
    #expect(page.json["total"]?.int == 3)
    #expect(page.json["pages"]?.int == 2)
    #expect(page.json["items"]?.array == [])
    let bad = try await client.send("GET", "/api/v1/productos?size=201&page=0&activo=si&orden=precio")
    #expect(bad.status == 422)
    #expect(bad.json["errores"]?.array?.count == 4)
  }

  @Test func whatIsNotThereIs404() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    for path in ["/api/v1/productos/99", "/api/v1/productos/abc", "/api/v1/productos/codigo/x", "/nada"] {
      #expect(try await client.send("GET", path).status == 404, "\(path)")
    }
    let wrongMethod = try await client.send("DELETE", "/api/v1/productos")
    #expect(wrongMethod.status == 405)
    #expect(wrongMethod.headers["allow"] == "GET, HEAD, POST")
    let head = try await client.send("HEAD", "/api/v1/productos")
    #expect(head.status == 200)
    #expect(head.body.isEmpty)
  }
}
