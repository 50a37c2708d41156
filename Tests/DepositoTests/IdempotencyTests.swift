import Foundation
import TestSupport
import Testing

/// The same `Idempotency-Key` again: once done, and the same answer.
@Suite struct IdempotencyTests {
  private func post(
    _ client: HTTPClient, _ path: String, _ body: String, key: String, method: String = "POST"
  ) async throws -> HTTPClient.Answer {
    try await client.send(method, path, json: body, headers: ["Idempotency-Key": key])
  }

  @Test func aMovementHappensOnce() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    let body = DepositoFixture.movement(product, "ENTRADA", "3")
    let first = try await post(client, "/api/v1/stock/movement", body, key: "k1")
    let again = try await post(client, "/api/v1/stock/movement", body, key: "k1")
    #expect(first.status == 200 && again.status == 200 && again.text == first.text)
    #expect(first.headers["idempotent-replayed"] == nil && again.headers["idempotent-replayed"] == "true")
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "3.000")
    // Through another replica, too.
    let replica = try await deposito.replica()
    let other = try await post(try await replica.admin(), "/api/v1/stock/movement", body, key: "k1")
    #expect(other.text == first.text)
    // Counted once.
    #expect(try await deposito.metric(#"deposito_movimientos_total{tipo="ENTRADA",resultado="registrado"}"#) == 1)
  }

  @Test func anotherBodyIsRefused() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    for (quantity, status) in [("1", 200), ("2", 422)] {
      let body = DepositoFixture.movement(product, "ENTRADA", quantity)
      let answer = try await post(client, "/api/v1/stock/movement", body, key: "k")
      #expect(answer.status == status)
      if status == 422 { #expect(answer.json["code"]?.string == "idempotencia_distinta") }
    }
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "1.000")
  }

  @Test func aRefusalIsKeptLikeAnyAnswer() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    let exit = DepositoFixture.movement(product, "SALIDA", "1")
    let refused = try await post(client, "/api/v1/stock/movement", exit, key: "k")
    #expect(refused.status == 409)
    let entry = DepositoFixture.movement(product, "ENTRADA", "1")
    #expect(try await post(client, "/api/v1/stock/movement", entry, key: "otra").status == 200)
    let again = try await post(client, "/api/v1/stock/movement", exit, key: "k")
    #expect(again.status == 409 && again.json["code"]?.string == "stock_insuficiente")
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "1.000")
  }

  /// What is kept of a body with a password is no digest that could be tried against.
  @Test func aUserIsMadeOnce() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    func body(_ password: String) -> String { #"{"usuario":"ana","clave":"\#(password)","rol":"deposito"}"# }
    let first = try await post(client, "/api/v1/usuarios", body("una-clave-larga"), key: "u")
    let again = try await post(client, "/api/v1/usuarios", body("una-clave-larga"), key: "u")
    #expect(first.status == 201 && again.status == 201 && again.text == first.text)
    #expect(again.headers["idempotent-replayed"] == "true" && again.headers["location"] == "/api/v1/usuarios/ana")
    #expect(try await post(client, "/api/v1/usuarios", body("otra-clave-larga"), key: "u").status == 422)
    #expect(try await post(client, "/api/v1/usuarios", body("una-clave-larga"), key: "v").status == 409)
    let change = #"{"activo":false}"#
    for _ in 1...2 {
      #expect(try await post(client, "/api/v1/usuarios/ana", change, key: "w", method: "PUT").status == 200)
    }
    let changed = "SELECT count(*) FROM deposito.auditoria WHERE accion = 'usuario_modificado'"
    #expect(try await deposito.psql(changed) == "1")
    let digest = try await deposito.psql(
      "SELECT encode(sha256(convert_to(E'POST /api/v1/usuarios\\n' || '\(body("una-clave-larga"))', 'UTF8')), 'hex')")
    #expect(
      try await deposito.psql("SELECT encode(huella, 'hex') FROM deposito.idempotencia WHERE clave = 'u'") != digest)
  }

  @Test func keysBelongToTheirCaller() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    try await deposito.createUser("ana", role: "deposito", by: admin)
    let product = try await deposito.product(admin, code: "uno")
    let body = DepositoFixture.movement(product, "ENTRADA", "1")
    #expect(try await post(admin, "/api/v1/stock/movement", body, key: "k").status == 200)
    #expect(
      try await post(try await deposito.client(of: "ana"), "/api/v1/stock/movement", body, key: "k").status == 200)
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "2.000")
  }

  @Test func everyWriteTakesOne() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let body = DepositoFixture.product(code: "uno", stock: "2")
    let created = try await post(client, "/api/v1/productos", body, key: "p")
    let again = try await post(client, "/api/v1/productos", body, key: "p")
    #expect(created.status == 201 && again.status == 201 && again.text == created.text)
    #expect(again.headers["location"] == created.headers["location"] && again.headers["etag"] == "\"1\"")
    let id = try #require(created.json["id"]?.int)
    for _ in 1...2 {
      let changed = try await post(client, "/api/v1/productos/\(id)", #"{"nombre":"Otro"}"#, key: "c", method: "PUT")
      #expect(changed.status == 200 && changed.json["version"]?.int == 2)
    }
    let batch = #"{"movimientos":[\#(DepositoFixture.movement(id, "SALIDA", "1"))]}"#
    for _ in 1...2 {
      #expect(try await post(client, "/api/v1/stock/movements/batch", batch, key: "b").status == 200)
    }
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "1.000")
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.productos") == "1")
  }

  @Test func manyAtOnceAreOne() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    let replica = try await deposito.replica()
    let clients = [client, try await replica.admin()]
    let body = DepositoFixture.movement(product, "ENTRADA", "1")
    let answers = try await withThrowingTaskGroup(of: HTTPClient.Answer.self) { group in
      for number in 0..<40 {
        group.addTask { try await post(clients[number % 2], "/api/v1/stock/movement", body, key: "k") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let done = answers.filter { $0.status == 200 }
    #expect(!done.isEmpty && Set(done.map(\.text)).count == 1)
    #expect(answers.allSatisfy { $0.status == 200 || $0.json["code"]?.string == "idempotencia_en_curso" })
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "1.000")
  }

  @Test(arguments: ["con espacio", String(repeating: "x", count: 256)])
  func aKeyThatCannotBeKeptIsRefused(key: String) async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno")
    let answer = try await post(
      client, "/api/v1/stock/movement", DepositoFixture.movement(product, "ENTRADA", "1"), key: key)
    #expect(answer.status == 422)
  }
}
