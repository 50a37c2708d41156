import Foundation
import TestSupport
import Testing

/// Two keys at once: one signs, both are accepted, and the header's `kid` says which.
@Suite struct KeyRotationTests {
  private static let old = "the-key-of-yesterday-with-enough-bytes"
  /// `printf %s KEY | sha256sum | cut -c1-8`, of the fixture's key and of yesterday's.
  private static let currentIdentifier = "405af5b3"
  private static let oldIdentifier = "ed02a3ee"

  @Test func tokensNameTheirKey() async throws {
    let deposito = try await DepositoFixture.start(environment: ["JWT_SECRET_KEY_PREVIOUS": Self.old])
    let answer = try await deposito.login("admin", DepositoFixture.adminPassword)
    let parts = try #require(answer.json["access_token"]?.string).split(separator: ".")
    let header = try TokenForge.decoded(parts[0])
    #expect(header["alg"]?.string == "HS256")
    #expect(header["kid"]?.string == Self.currentIdentifier)
    let signature = try await TokenForge.signature(of: "\(parts[0]).\(parts[1])", key: DepositoFixture.key)
    #expect(signature == String(parts[2]))
  }

  @Test func bothKeysAreAcceptedAndNoOther() async throws {
    let deposito = try await DepositoFixture.start(environment: ["JWT_SECRET_KEY_PREVIOUS": Self.old])
    let third = "a-key-that-was-never-ours-with-enough-bytes"
    let current = TokenForge.header(keyIdentifier: Self.currentIdentifier)
    let old = TokenForge.header(keyIdentifier: Self.oldIdentifier)
    let cases: [(name: String, header: String, key: String, status: Int)] = [
      ("current, unnamed", TokenForge.goodHeader, DepositoFixture.key, 200),
      ("old, unnamed", TokenForge.goodHeader, Self.old, 200),
      ("third, unnamed", TokenForge.goodHeader, third, 401),
      ("current", current, DepositoFixture.key, 200),
      ("old", old, Self.old, 200),
      ("old under the current name", current, Self.old, 401),
      ("current under the old name", old, DepositoFixture.key, 401),
      ("third under the current name", current, third, 401),
      ("an unknown name", TokenForge.header(keyIdentifier: "00000000"), DepositoFixture.key, 401),
    ]
    for each in cases {
      let token = try await TokenForge.token(header: each.header, claims: TokenForge.claims(), key: each.key)
      let answer = try await deposito.client.authorized(by: token).send("GET", "/api/v1/productos")
      #expect(answer.status == each.status, "\(each.name)")
    }
  }

  @Test func withoutTheVariableYesterdaysTokensAreOver() async throws {
    let deposito = try await DepositoFixture.start()
    for header in [TokenForge.goodHeader, TokenForge.header(keyIdentifier: Self.oldIdentifier)] {
      let token = try await TokenForge.token(header: header, claims: TokenForge.claims(), key: Self.old)
      #expect(try await deposito.client.authorized(by: token).send("GET", "/api/v1/productos").status == 401)
    }
  }

  /// One replica has changed its key and the other has not: each takes the other's tokens.
  @Test func replicasUnderstandEachOtherWhileKeysChange() async throws {
    let before = try await DepositoFixture.start(
      environment: ["JWT_SECRET_KEY": Self.old, "JWT_SECRET_KEY_PREVIOUS": DepositoFixture.key])
    let after = try await before.replica(environment: ["JWT_SECRET_KEY_PREVIOUS": Self.old])
    for (issuer, other) in [(before, after), (after, before)] {
      let token = try #require(
        try await issuer.login("admin", DepositoFixture.adminPassword).json["access_token"]?.string)
      #expect(try await other.client.authorized(by: token).send("GET", "/api/v1/productos").status == 200)
    }
  }
}
