import Foundation
import TestSupport
import Testing

/// `/api/v1/usuarios`: who may log in, and as what.
@Suite struct UserTests {
  private static let path = "/api/v1/usuarios"

  @Test func aNewUserLogsInWithItsRole() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    let created = try await admin.send(
      "POST", Self.path, json: #"{"usuario":"ana.paz","clave":"una-clave-de-ana","rol":"ml_service"}"#)
    #expect(created.status == 201)
    #expect(created.headers["location"] == "/api/v1/usuarios/ana.paz")
    #expect(Set(created.json.keys) == ["id", "usuario", "rol", "activo", "created_at", "updated_at"])
    #expect(created.json["rol"]?.string == "ml_service")
    #expect(created.json["activo"] == .bool(true))
    #expect(try await admin.send("GET", "/api/v1/usuarios/ana.paz").json == created.json)
    let ana = try await deposito.client(of: "ana.paz", password: "una-clave-de-ana")
    #expect(try await ana.send("GET", "/api/v1/productos").status == 200)
    #expect(try await ana.send("POST", "/api/v1/productos", json: "{}").status == 403)
    #expect(try await ana.send("GET", Self.path).status == 403)
    let again = try await admin.send(
      "POST", Self.path, json: #"{"usuario":"ana.paz","clave":"otra-clave-de-ana","rol":"admin"}"#)
    #expect(again.status == 409)
    #expect(again.json["code"]?.string == "usuario_duplicado")
    let log = try String(contentsOfFile: deposito.logPath, encoding: .utf8)
    #expect(!log.contains("clave-de-ana"))
  }

  @Test func listsByPage() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    for name in ["zoe", "berta"] { try await deposito.createUser(name, role: "deposito", by: admin) }
    let second = try await admin.send("GET", "\(Self.path)?page=2&size=2")
    #expect(second.json["items"]?.array?.compactMap { $0["usuario"]?.string } == ["zoe"])
    #expect(second.json["total"]?.int == 3)
    #expect(second.json["pages"]?.int == 2)
    #expect(!second.text.contains("argon2"))
    #expect(try await admin.send("GET", "\(Self.path)?size=201").status == 422)
    #expect(try await admin.send("GET", "\(Self.path)?page=9").json["total"]?.int == 3)
  }

  @Test(arguments: [
    (#"{"usuario":"ana","clave":"12345678901","rol":"admin"}"#, ["clave"]),
    (#"{"usuario":"ana","clave":"\#(String(repeating: "a", count: 1_025))","rol":"admin"}"#, ["clave"]),
    (#"{"usuario":"ana maría","clave":"123456789012","rol":"dios"}"#, ["rol", "usuario"]),
    (#"{"usuario":"a/b","clave":123456789012,"rol":"admin","activo":true}"#, ["activo", "clave", "usuario"]),
    (#"{}"#, ["clave", "rol", "usuario"]),
  ])
  func badFieldsAreNamed(body: String, fields: [String]) async throws {
    let deposito = try await DepositoFixture.start()
    let answer = try await deposito.admin().send("POST", Self.path, json: body)
    #expect(answer.status == 422)
    #expect((answer.json["errores"]?.array?.compactMap { $0["campo"]?.string } ?? []).sorted() == fields)
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.usuarios") == "1")
  }

  /// Six letters of two bytes each.
  @Test func aPasswordIsMeasuredInBytes() async throws {
    let deposito = try await DepositoFixture.start()
    let answer = try await deposito.admin().send(
      "POST", Self.path, json: #"{"usuario":"ana","clave":"ññññññ","rol":"deposito"}"#)
    #expect(answer.status == 201)
    #expect(try await deposito.login("ana", "ññññññ").status == 200)
  }

  @Test(arguments: [
    ("PUT", #"{"rol":"negocio"}"#), ("PATCH", #"{"rol":"negocio"}"#), ("PUT", #"{"clave":"una-clave-nueva"}"#),
  ])
  func aChangeEndsOlderTokens(method: String, body: String) async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    try await deposito.createUser("ana", role: "deposito", by: admin)
    let before = try await deposito.client(of: "ana")
    #expect(try await before.send("GET", "/api/v1/productos").status == 200)
    let changed = try await admin.send(method, "\(Self.path)/ana", json: body)
    #expect(changed.status == 200)
    #expect(try await before.send("GET", "/api/v1/productos").status == 401)
    // A new token is good at once.
    let hasNewPassword = body.contains("clave")
    let password = hasNewPassword ? "una-clave-nueva" : DepositoFixture.adminPassword
    let after = try await deposito.client(of: "ana", password: password)
    #expect(try await after.send("GET", "/api/v1/productos").status == 200)
    #expect(changed.json["rol"]?.string == (hasNewPassword ? "deposito" : "negocio"))
    if hasNewPassword {
      #expect(try await deposito.login("ana", DepositoFixture.adminPassword).status == 401)
    }
    // Others keep theirs.
    #expect(try await admin.send("GET", Self.path).status == 200)
  }

  @Test func whatChangesNothingEndsNothing() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    try await deposito.createUser("ana", role: "deposito", by: admin)
    let ana = try await deposito.client(of: "ana")
    for body in ["{}", #"{"rol":"deposito","activo":true}"#] {
      #expect(try await admin.send("PUT", "\(Self.path)/ana", json: body).status == 200)
    }
    #expect(try await ana.send("GET", "/api/v1/productos").status == 200)
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.auditoria WHERE objeto = 'usuario:ana'") == "1")
  }

  @Test func aDeactivatedUserIsOut() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    try await deposito.createUser("ana", role: "deposito", by: admin)
    let ana = try await deposito.client(of: "ana")
    for _ in 1...2 { #expect(try await admin.send("DELETE", "\(Self.path)/ana").status == 204) }
    #expect(try await ana.send("GET", "/api/v1/productos").status == 401)
    let refused = try await deposito.login("ana", DepositoFixture.adminPassword)
    #expect(refused.status == 401)
    #expect(refused.json["code"]?.string == "credenciales_invalidas")
    #expect(try await admin.send("GET", "\(Self.path)/ana").json["activo"] == .bool(false))
    #expect(try await admin.send("PUT", "\(Self.path)/ana", json: #"{"activo":true}"#).status == 200)
    #expect(try await deposito.login("ana", DepositoFixture.adminPassword).status == 200)
    // The token from before stays what it was.
    #expect(try await ana.send("GET", "/api/v1/productos").status == 401)
  }

  @Test(arguments: [
    ("PUT", #"{"rol":"deposito"}"#), ("PUT", #"{"activo":false}"#), ("DELETE", nil as String?),
  ])
  func theLastAdministratorStays(method: String, body: String?) async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    let refused = try await admin.send(method, "\(Self.path)/admin", json: body)
    #expect(refused.status == 409)
    #expect(refused.json["code"]?.string == "ultimo_admin")
    #expect(try await admin.send("GET", Self.path).status == 200)
    #expect(try await deposito.psql("SELECT count(*) FROM deposito.auditoria") == "0")
    try await deposito.createUser("otra", role: "admin", by: admin)
    #expect(try await admin.send(method, "\(Self.path)/admin", json: body).status / 100 == 2)
  }

  @Test func twoAdministratorsDoNotLeaveAtOnce() async throws {
    let deposito = try await DepositoFixture.start()
    let client = deposito.client.authorized(by: try await TokenForge.token(claims: TokenForge.claims()))
    try await deposito.createUser("otra", role: "admin", by: client)
    for _ in 1...5 {
      async let first = client.send("DELETE", "\(Self.path)/admin").status
      async let second = client.send("DELETE", "\(Self.path)/otra").status
      #expect(try await [first, second].sorted() == [204, 409])
      #expect(try await deposito.psql("SELECT count(*) FROM deposito.usuarios WHERE activo") == "1")
      for name in ["admin", "otra"] {
        #expect(try await client.send("PUT", "\(Self.path)/\(name)", json: #"{"activo":true}"#).status == 200)
      }
    }
  }

  @Test func whatIsNotThereIs404() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    for (method, body) in [("GET", nil), ("PUT", #"{"rol":"admin"}"#), ("DELETE", nil)] as [(String, String?)] {
      #expect(try await admin.send(method, "\(Self.path)/nadie", json: body).status == 404, "\(method)")
    }
  }
}
