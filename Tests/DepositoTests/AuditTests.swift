import Foundation
import TestSupport
import Testing

/// The audit log of users: written with each change or not at all, and read by administrators.
@Suite struct AuditTests {
  @Test func everyChangeIsThere() async throws {
    let deposito = try await DepositoFixture.start()
    var admin = try await deposito.admin()
    admin.headers["X-Request-ID"] = "pedido-7"
    try await deposito.createUser("ana", role: "deposito", by: admin)
    let change = #"{"rol":"negocio","clave":"una-clave-nueva"}"#
    #expect(try await admin.send("PUT", "/api/v1/usuarios/ana", json: change).status == 200)
    #expect(try await admin.send("DELETE", "/api/v1/usuarios/ana").status == 204)
    let rows = try await deposito.psql(
      "SELECT usuario, accion, objeto, detalle, request_id FROM deposito.auditoria ORDER BY id")
    #expect(
      rows == """
        admin|usuario_creado|usuario:ana|{"rol": "deposito"}|pedido-7
        admin|usuario_modificado|usuario:ana|{"rol": {"antes": "deposito", "despues": "negocio"}, "clave": "cambiada"}|pedido-7
        admin|usuario_desactivado|usuario:ana|{"activo": {"antes": true, "despues": false}}|pedido-7
        """)
  }

  @Test func isReadFromTheNewestByPages() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    for name in ["ana", "berta"] { try await deposito.createUser(name, role: "deposito", by: admin) }
    _ = try await admin.send("PUT", "/api/v1/usuarios/ana", json: #"{"rol":"negocio"}"#)
    let all = try await admin.send("GET", "/api/v1/auditoria")
    let objects = all.json["registros"]?.array?.compactMap { $0["objeto"]?.string }
    #expect(objects == ["usuario:ana", "usuario:berta", "usuario:ana"])
    #expect(all.json["next_cursor"] == .null)
    let first = try await admin.send("GET", "/api/v1/auditoria?objeto=usuario:ana&limit=1")
    let newest = try #require(first.json["registros"]?.array?.first)
    #expect(newest["accion"]?.string == "usuario_modificado")
    #expect(newest["detalle"]?["rol"]?["antes"]?.string == "deposito")
    let cursor = try #require(first.json["next_cursor"]?.string)
    let second = try await admin.send("GET", "/api/v1/auditoria?objeto=usuario:ana&limit=1&cursor=\(cursor)")
    #expect(second.json["registros"]?.array?.compactMap { $0["accion"]?.string } == ["usuario_creado"])
    #expect(second.json["next_cursor"] == .null)
    #expect(try await admin.send("GET", "/api/v1/auditoria?limit=201&cursor=x").json["errores"]?.array?.count == 2)
  }

  @Test func aChangeWithoutItsRecordDoesNotHappen() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    try await deposito.psql("REVOKE INSERT ON deposito.auditoria FROM deposito_app")
    let answer = try await admin.send(
      "POST", "/api/v1/usuarios", json: #"{"usuario":"ana","clave":"una-clave-de-ana","rol":"deposito"}"#)
    #expect(answer.status == 500)
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.usuarios WHERE usuario = 'ana'") == "0")
  }

  @Test func nobodyRewritesIt() async throws {
    let deposito = try await DepositoFixture.start()
    try await deposito.createUser("ana", role: "deposito", by: try await deposito.admin())
    for statement in [
      "UPDATE deposito.auditoria SET usuario = 'otro'", "DELETE FROM deposito.auditoria", "TRUNCATE deposito.auditoria",
    ] {
      for role in ["", "SET ROLE deposito_app; "] {
        await #expect(throws: TestSupportError.self, "\(role)\(statement)") {
          try await deposito.psql(role + statement)
        }
      }
    }
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.auditoria WHERE usuario = 'admin'") == "1")
  }
}
