import Foundation
import TestSupport
import Testing

/// What nobody sends by mistake: SQL where a value belongs, and headers that say two things.
@Suite struct HostileInputTests {
  private static let attempts = [
    "'; DROP TABLE deposito.productos; --", "' OR '1'='1", "1; SELECT pg_sleep(5)",
    "x' UNION SELECT clave_hash FROM deposito.usuarios --",
    "\\'; DELETE FROM deposito.movimientos; --", "$1", "%", "_", "{a,b}", "\"};DROP SCHEMA deposito CASCADE",
    "E'\\\\x00'",
    "ñ' || (SELECT version()) || '", "${jndi:ldap://x}", "../../etc/passwd",
  ]

  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }

  private static func json(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  @Test func textsStayTextsWhereverTheyStand() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "10")
    for attempt in Self.attempts {
      let body = """
        {"codigo":\(try Self.json(attempt)),"nombre":\(try Self.json(attempt)),"categoria":\(try Self.json(attempt)),
         "precio_compra":1,"precio_venta":2,"descripcion":\(try Self.json(attempt))}
        """
      let created = try await client.send("POST", "/api/v1/productos", json: body)
      #expect(created.status == 201, "\(attempt): \(created.text)")
      #expect(created.json["codigo"]?.string == attempt && created.json["descripcion"]?.string == attempt)
      let byCode = try await client.send("GET", "/api/v1/productos/codigo/\(Self.escaped(attempt))")
      #expect(byCode.json["nombre"]?.string == attempt, "\(attempt): \(byCode.text)")
      let movement = """
        {"producto_id":\(product),"tipo_movimiento":"ENTRADA","cantidad":1,"motivo":\(try Self.json(attempt)),
         "referencia":\(try Self.json(attempt)),"lote":{"codigo":\(try Self.json(attempt))}}
        """
      let moved = try await client.send("POST", "/api/v1/stock/movement", json: movement)
      #expect(moved.json["movimiento"]?["motivo"]?.string == attempt, "\(attempt): \(moved.text)")
    }
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.productos") == "\(Self.attempts.count + 1)")
    #expect(try await client.send("GET", "/api/v1/reportes/integrity-check").json["integridad_ok"] == .bool(true))
  }

  /// Each parameter that the document names, with each attempt: an answer that is no failure of ours, and at once.
  @Test func noParameterReachesTheDatabaseAsSQL() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    _ = try await deposito.product(client, code: "uno", stock: "10")
    let document = try await client.send("GET", "/openapi.json").json
    var asked = 0
    guard case .object(let paths)? = document["paths"] else { throw TestSupportError("no paths") }
    for (path, operations) in paths {
      for parameter in operations["get"]?["parameters"]?.array ?? [] {
        guard let name = parameter["name"]?.string, let place = parameter["in"]?.string else { continue }
        for attempt in Self.attempts {
          let value = Self.escaped(attempt)
          let target =
            place == "path"
            ? path.replacing("{\(name)}", with: value)
            : "\(path.replacing(/\{[^}]*\}/, with: "1"))?\(name)=\(value)"
          let start = ContinuousClock.now
          let answer = try await client.send("GET", target)
          #expect([200, 404, 422].contains(answer.status), "\(target): \(answer.status) \(answer.text)")
          #expect(start.duration(to: .now) < .seconds(4), "\(target)")
          asked += 1
        }
      }
    }
    #expect(asked > 20 * Self.attempts.count)
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.productos") == "1")
  }

  @Test(arguments: [
    // Two lengths, and a length beside chunks: whoever is in front could see another request than we do (RFC 9112 §6.1).
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n{}",
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
    "GET /health\u{0} HTTP/1.1\r\nHost: a\r\n\r\n", "GET /health HTTP/1.1\r\nHost : a\r\n\r\n",
    "GET /health HTTP/1.1\r\nHost: a\r\nX-Request-ID: a\u{0}b\r\n\r\n",
    "GET /health HTTP/9.9\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n",
  ])
  func requestsThatSayTwoThingsAreRefused(request: String) async throws {
    let deposito = try await DepositoFixture.start()
    let connection = try RawConnection(port: deposito.port)
    connection.send(request + "GET /health/live HTTP/1.1\r\nHost: smuggled\r\nConnection: close\r\n\r\n")
    connection.closeOutput()
    let text = try #require(try await connection.readToEnd(within: .seconds(10)))
    // Nothing behind it is taken for a request of its own.
    #expect(text.components(separatedBy: "HTTP/1.1 ").dropFirst().allSatisfy { $0.hasPrefix("4") }, "\(text)")
    #expect(try await deposito.client.send("GET", "/health").status == 200)
  }

  @Test func headersAreBounded() async throws {
    let deposito = try await DepositoFixture.start()
    let connection = try RawConnection(port: deposito.port)
    connection.send("GET /health HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 1 << 20))\r\n\r\n")
    connection.closeOutput()
    let text = try #require(try await connection.readToEnd(within: .seconds(10)))
    #expect(text.hasPrefix("HTTP/1.1 4") || text.isEmpty, "\(text)")
    #expect(try await deposito.client.send("GET", "/health").status == 200)
  }

  /// What a client calls its request stands in one line of the log and in one header of the answer, or nowhere.
  @Test func aRequestIDForgesNothing() async throws {
    let deposito = try await DepositoFixture.start()
    for attempt in ["a b", "\u{7f}", "é", String(repeating: "x", count: 129), "\",\"level\":\"fatal"] {
      let answer = try await deposito.client.send("GET", "/api/v1/productos", headers: ["X-Request-ID": attempt])
      // What no header may hold is refused before anybody gives it a name.
      if answer.status == 400 { continue }
      let given = try #require(answer.headers["x-request-id"])
      #expect(given.utf8.allSatisfy { (0x21...0x7e).contains($0) } && given.utf8.count <= 128)
      let line = try await ServiceTests.logLine(of: deposito, containing: "request answered")
      #expect(line["level"]?.string != "fatal")
    }
  }

  /// Methods and addresses by header are nobody's here.
  @Test func otherWaysOfSayingItAreIgnored() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    for header in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
      let path = "/api/v1/productos/\(product)"
      #expect(try await client.send("GET", path, headers: [header: "DELETE"]).json["activo"] == .bool(true))
    }
    for header in ["X-Original-URL", "X-Rewrite-URL"] {
      #expect(try await client.send("GET", "/health/live", headers: [header: "/api/v1/usuarios"]).json["items"] == nil)
    }
    let twice = try RawConnection(port: deposito.port)
    twice.send(
      """
      GET /api/v1/productos HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer nonsense\r
      Authorization: \(client.headers["Authorization"] ?? "")\r\n\r\n
      """)
    #expect(try #require(try await twice.readToEnd(within: .seconds(10))).hasPrefix("HTTP/1.1 401"))
  }

  @Test(arguments: [
    "", "[]", "null", "{", "{\"a\":}", "{\"username\":\"\\ud800\",\"password\":\"x\"}", "{\"username\":\"a\u{0}\"}",
    String(repeating: "[", count: 100_000), "{\"username\":" + String(repeating: "{\"a\":", count: 5_000),
  ])
  func bodiesThatAreNoObjectAre400(body: String) async throws {
    let deposito = try await DepositoFixture.start()
    let answer = try await deposito.client.send("POST", "/api/v1/auth/login", json: body)
    #expect(answer.status == 400)
    #expect(answer.json["code"]?.string == "json_invalido")
  }
}
