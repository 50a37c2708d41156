import Foundation
import TestSupport
import Testing

@Suite struct LoginTests {
  @Test func answersAsTheContractSays() async throws {
    let deposito = try await DepositoFixture.start()
    let answer = try await deposito.login("admin", DepositoFixture.adminPassword)
    #expect(answer.status == 200)
    #expect(answer.json["token_type"]?.string == "bearer")
    #expect(answer.json["expires_in"]?.int == 8 * 3_600)
    let parts = try #require(answer.json["access_token"]?.string).split(separator: ".")
    #expect(parts.count == 3)
    let claims = try TokenForge.decoded(parts[1])
    #expect(claims["sub"]?.string == "admin")
    #expect(claims["role"]?.string == "admin")
    #expect(claims["iss"]?.string == "minimarket")
    #expect(claims["aud"]?.string == "minimarket" || claims["aud"]?.array == [.string("minimarket")])
    #expect(Set(claims.keys) == ["sub", "role", "iss", "aud", "iat", "exp", "jti"])
    let log = try String(contentsOfFile: deposito.logPath, encoding: .utf8)
    #expect(!log.contains(DepositoFixture.adminPassword))
  }

  @Test func aWrongPasswordAndAnUnknownUserLookTheSame() async throws {
    let deposito = try await DepositoFixture.start()
    let wrong = try await deposito.login("admin", "otra")
    let unknown = try await deposito.login("nadie", "otra")
    #expect(wrong.status == 401)
    #expect(unknown.status == 401)
    #expect(wrong.json["code"]?.string == "credenciales_invalidas")
    #expect(wrong.json["detail"] == unknown.json["detail"])
  }

  @Test func refusesWhatItDidNotSign() async throws {
    let deposito = try await DepositoFixture.start()
    let good = TokenForge.claims()
    let refused = [
      "no token": nil,
      "not a token": "abc",
      "another key": try await TokenForge.token(claims: good, key: "another-key-of-more-than-32-bytes-in-all"),
      "alg none": try await TokenForge.token(header: #"{"alg":"none","typ":"JWT"}"#, claims: good, key: nil),
      "alg HS512": try await TokenForge.token(header: #"{"alg":"HS512","typ":"JWT"}"#, claims: good, digest: "sha512"),
      "alg HS512 over HS256": try await TokenForge.token(header: #"{"alg":"HS512","typ":"JWT"}"#, claims: good),
      "not yet": try await TokenForge.token(claims: TokenForge.claims(notBefore: 60)),
      "longer than any": try await TokenForge.token(claims: TokenForge.claims(expiresIn: 721 * 3_600)),
      "without an identifier": try await TokenForge.token(claims: TokenForge.claims(identifier: "")),
      "expired": try await TokenForge.token(claims: TokenForge.claims(expiresIn: -1)),
      "another audience": try await TokenForge.token(claims: TokenForge.claims(audience: "otros")),
      "another issuer": try await TokenForge.token(claims: TokenForge.claims(issuer: "otros")),
      "an unknown role": try await TokenForge.token(claims: TokenForge.claims(role: "dios")),
    ]
    for (name, token) in refused {
      let client = token.map { deposito.client.authorized(by: $0) } ?? deposito.client
      let answer = try await client.send("GET", "/api/v1/productos")
      #expect(answer.status == 401, "\(name)")
      #expect(answer.headers["www-authenticate"] == "Bearer", "\(name)")
      #expect(answer.json["code"]?.string == "no_autenticado", "\(name)")
    }
    let accepted = try await deposito.client.authorized(by: TokenForge.token(claims: good)).send(
      "GET", "/api/v1/productos")
    #expect(accepted.status == 200)
  }

  @Test(arguments: [
    ("deposito", [200, 201, 200, 200]), ("negocio", [200, 201, 403, 200]), ("ml_service", [200, 403, 403, 403]),
    ("admin", [200, 201, 200, 200]),
  ])
  func rolesMayWhatTheContractSays(role: String, expected: [Int]) async throws {
    let deposito = try await DepositoFixture.start()
    let product = try await deposito.product(try await deposito.admin(), code: "base", stock: "5")
    let token = try await TokenForge.token(claims: TokenForge.claims(role: role))
    let client = deposito.client.authorized(by: token)
    let answers = [
      try await client.send("GET", "/api/v1/productos/\(product)").status,
      try await client.send("POST", "/api/v1/productos", json: DepositoFixture.product(code: "nuevo")).status,
      try await client.send(
        "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "SALIDA", "1")
      ).status,
      try await client.send(
        "POST", "/api/v1/stock/movement", json: DepositoFixture.movement(product, "ENTRADA", "1")
      ).status,
    ]
    #expect(answers == expected)
  }
}
