import Foundation
import TestSupport
import Testing

@testable import Deposito
@testable import ServiceKit

/// Tokens that end before their time: here at once, elsewhere within two seconds.
@Suite struct LogoutTests {
  /// The two seconds of the promise, and one for a machine that does other things.
  private static let promise = Duration.seconds(3)

  @Test func endsItsTokenAndNoOther() async throws {
    let deposito = try await DepositoFixture.start()
    let first = try await deposito.admin()
    let second = try await deposito.admin()
    #expect(try await first.send("POST", "/api/v1/auth/logout").status == 204)
    let after = try await first.send("GET", "/api/v1/productos")
    #expect(after.status == 401)
    #expect(after.json["code"]?.string == "no_autenticado")
    #expect(try await first.send("POST", "/api/v1/auth/logout").status == 401)
    #expect(try await second.send("GET", "/api/v1/productos").status == 200)
  }

  @Test(arguments: ["admin", "deposito", "negocio", "ml_service"])
  func everyRoleMay(role: String) async throws {
    let deposito = try await DepositoFixture.start()
    let claims = TokenForge.claims(role: role, subject: "servicio")
    let client = deposito.client.authorized(by: try await TokenForge.token(claims: claims))
    #expect(try await client.send("POST", "/api/v1/auth/logout").status == 204)
    #expect(try await client.send("GET", "/api/v1/productos").status == 401)
  }

  @Test func everyReplicaKnowsInTime() async throws {
    let deposito = try await DepositoFixture.start()
    let replica = try await deposito.replica()
    let here = try await deposito.admin()
    let there = replica.client.with(headers: here.headers)
    #expect(try await there.send("GET", "/api/v1/productos").status == 200)
    #expect(try await here.send("POST", "/api/v1/auth/logout").status == 204)
    #expect(try await Self.timeUntilRefused(there) < Self.promise)
    // One that starts later knows from its first answer on.
    let late = try await deposito.replica()
    #expect(try await late.client.with(headers: here.headers).send("GET", "/api/v1/productos").status == 401)
  }

  @Test func aChangedUserIsOutEverywhereInTime() async throws {
    let deposito = try await DepositoFixture.start()
    let replica = try await deposito.replica()
    let admin = try await deposito.admin()
    try await deposito.createUser("ana", role: "deposito", by: admin)
    let ana = try await replica.client(of: "ana")
    #expect(try await ana.send("GET", "/api/v1/productos").status == 200)
    #expect(try await admin.send("PUT", "/api/v1/usuarios/ana", json: #"{"rol":"negocio"}"#).status == 200)
    #expect(try await Self.timeUntilRefused(ana) < Self.promise)
    let again = try await deposito.client(of: "ana")
    #expect(try await replica.client.with(headers: again.headers).send("GET", "/api/v1/productos").status == 200)
  }

  @Test func whatIsKnownStaysKnownWithoutTheDatabase() async throws {
    let server = try await PostgresServer.start()
    let deposito = try await DepositoFixture.start(on: server)
    let out = try await deposito.admin()
    let still = try await deposito.admin()
    #expect(try await out.send("POST", "/api/v1/auth/logout").status == 204)
    try await server.kill()
    // Longer than a look takes to fail.
    for _ in 1...4 {
      try await Task.sleep(for: .milliseconds(500))
      #expect(try await out.send("GET", "/api/v1/productos").status == 401)
    }
    #expect(try await still.send("GET", "/api/v1/productos").status == 503)
  }

  @Test func aLogoutThatIsNotWrittenDownIsNotPromised() async throws {
    let server = try await PostgresServer.start()
    let deposito = try await DepositoFixture.start(on: server)
    let client = try await deposito.admin()
    try await server.kill()
    #expect(try await client.send("POST", "/api/v1/auth/logout").status == 503)
    try await server.start()
    try await client.wait(for: "/health", within: .seconds(10))
    #expect(try await client.send("GET", "/api/v1/productos").status == 200)
  }

  @Test func expiredOnesAreForgotten() async throws {
    let deposito = try await DepositoFixture.start()
    try await deposito.psql(
      """
      INSERT INTO deposito.tokens_revocados (jti, usuario, expira_at)
      VALUES ('viejo', 'ana', now() - interval '2 hours'), ('nuevo', 'ana', now() + interval '2 hours')
      """)
    let replica = try await deposito.replica()
    let end = ContinuousClock.now + .seconds(20)
    let left = "SELECT string_agg(jti, ',') FROM deposito.tokens_revocados"
    while try await replica.psql(left) != "nuevo", .now < end { try await Task.sleep(for: .milliseconds(100)) }
    #expect(try await replica.psql(left) == "nuevo")
  }

  @Test func usersEndTokensByTheTimeOfIssue() {
    func token(_ identifier: String, _ user: String, issuedAt: Int64) -> TokenIdentity {
      TokenIdentity(identifier: identifier, subject: user, issuedAt: issuedAt, expiresAt: 9_000)
    }
    var known = KnownRevocations()
    known.add(.user("ana", issuedBefore: 1_000))
    known.add(.user("ana", issuedBefore: 900))
    known.add(.token("t", until: 2_000))
    #expect(known.contains(token("a", "ana", issuedAt: 999)))
    #expect(!known.contains(token("a", "ana", issuedAt: 1_000)))
    #expect(!known.contains(token("a", "eva", issuedAt: 1)))
    #expect(known.contains(token("t", "eva", issuedAt: 1_500)))
    known.forget(expiredBefore: 2_000)
    #expect(known.contains(token("t", "eva", issuedAt: 1_500)))
    known.forget(expiredBefore: 2_001)
    #expect(!known.contains(token("t", "eva", issuedAt: 1_500)))
    #expect(known.contains(token("a", "ana", issuedAt: 999)))
  }

  @Test func afterAGapEverythingIsRead() {
    let start = ContinuousClock.now
    var pace = RevocationPace()
    #expect(pace.scope(at: start) == .everything)
    // A look that failed leaves nothing behind.
    #expect(pace.scope(at: start + .seconds(1)) == .everything)
    pace.succeeded(at: start + .seconds(1))
    for second in 2...40 {
      #expect(pace.scope(at: start + .seconds(second)) == .recent, "\(second)")
      pace.succeeded(at: start + .seconds(second))
    }
    #expect(pace.scope(at: start + .seconds(70)) == .everything)
    pace.succeeded(at: start + .seconds(70))
    #expect(pace.scope(at: start + .seconds(99)) == .recent)
    #expect(pace.scope(at: start + .seconds(100)) == .everything)
  }

  private static func timeUntilRefused(_ client: HTTPClient) async throws -> Duration {
    let start = ContinuousClock.now
    while try await client.send("GET", "/api/v1/productos").status != 401, start.duration(to: .now) < .seconds(20) {
      try await Task.sleep(for: .milliseconds(20))
    }
    return start.duration(to: .now)
  }
}

extension HTTPClient {
  fileprivate func with(headers: [String: String]) -> HTTPClient {
    var client = self
    client.headers = headers
    return client
  }
}
