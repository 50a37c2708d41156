import Foundation
import TestSupport
import Testing

@testable import Deposito

/// Passwords cannot be tried without end.
@Suite struct LoginLimitTests {
  private static let start = ContinuousClock.now

  @Test func aBucketHoldsABurstAndRefills() {
    var buckets = TokenBuckets(RateLimit(burst: 3, refillSeconds: 30), maximumEntries: 10)
    let taken = (1...3).map { _ in buckets.take("ana", at: Self.start) }
    #expect(taken == [nil, nil, nil])
    #expect(buckets.take("ana", at: Self.start) == .seconds(30))
    let wait = buckets.take("ana", at: Self.start + .seconds(24)) ?? .zero
    #expect(wait > .seconds(5.999) && wait < .seconds(6.001))
    #expect(buckets.take("eva", at: Self.start) == nil)
    // To be refused costs nothing: the token is there when it was promised, and it is one.
    #expect(buckets.take("ana", at: Self.start + .seconds(30)) == nil)
    #expect(buckets.take("ana", at: Self.start + .seconds(30)) == .seconds(30))
    // However long nobody came, there is a burst and no more.
    let late = (1...4).map { _ in buckets.take("ana", at: Self.start + .seconds(3_000)) }
    #expect(late == [nil, nil, nil, .seconds(30)])
  }

  @Test func timeThatGoesBackGivesNothing() {
    var buckets = TokenBuckets(RateLimit(burst: 1, refillSeconds: 10), maximumEntries: 10)
    #expect(buckets.take("ana", at: Self.start + .seconds(5)) == nil)
    #expect(buckets.take("ana", at: Self.start) == .seconds(10))
    #expect(buckets.take("ana", at: Self.start + .seconds(10)) == .seconds(5))
  }

  @Test func whatIsGivenBackCanBeTakenAgain() {
    var buckets = TokenBuckets(RateLimit(burst: 1, refillSeconds: 10), maximumEntries: 10)
    buckets.giveBack("ana", at: Self.start)
    #expect(buckets.count == 0)
    #expect(buckets.take("ana", at: Self.start) == nil)
    buckets.giveBack("ana", at: Self.start)
    buckets.giveBack("ana", at: Self.start)
    #expect(buckets.take("ana", at: Self.start) == nil)
    #expect(buckets.take("ana", at: Self.start) == .seconds(10))
    buckets.reset("ana")
    #expect(buckets.take("ana", at: Self.start) == nil)
  }

  @Test func ofTooManyKeysTheOldestGo() {
    var buckets = TokenBuckets(RateLimit(burst: 1, refillSeconds: 1_000), maximumEntries: 10)
    for number in 0..<10 { #expect(buckets.take("\(number)", at: Self.start + .seconds(number)) == nil) }
    // The first of all is seen again, so that the second is the oldest.
    #expect(buckets.take("0", at: Self.start + .seconds(20)) != nil)
    #expect(buckets.take("new", at: Self.start + .seconds(21)) == nil)
    #expect(buckets.count == 10)
    #expect(buckets.take("0", at: Self.start + .seconds(22)) != nil)
    #expect(buckets.take("2", at: Self.start + .seconds(22)) != nil)
    #expect(buckets.take("1", at: Self.start + .seconds(22)) == nil)
    for number in 0..<1_000 { _ = buckets.take("flood \(number)", at: Self.start + .seconds(23)) }
    #expect(buckets.count <= 10)
  }

  @Test func aNameIsTriedFiveTimes() async throws {
    let deposito = try await DepositoFixture.start()
    let admin = try await deposito.admin()
    try await deposito.createUser("ana", role: "deposito", by: admin)
    for result in ["clave_incorrecta", "limitado", "ocupado"] {
      #expect(try await deposito.metric("deposito_logins_total{resultado=\"\(result)\"}") == 0, "\(result)")
    }
    for _ in 1...5 { #expect(try await deposito.login("ana", "otra").status == 401) }
    // Whether the password is right is not looked at any more.
    let refused = try await deposito.login("ana", DepositoFixture.adminPassword)
    #expect(refused.status == 429)
    #expect(refused.json["code"]?.string == "demasiados_intentos")
    #expect(refused.headers["content-type"] == "application/problem+json")
    let wait = try #require(refused.headers["retry-after"].flatMap { Int($0) })
    #expect((1...30).contains(wait))
    #expect(try await deposito.login("admin", DepositoFixture.adminPassword).status == 200)
    #expect(try await deposito.metric(#"deposito_logins_total{resultado="clave_incorrecta"}"#) == 5)
    #expect(try await deposito.metric(#"deposito_logins_total{resultado="limitado"}"#) == 1)
    #expect(try await deposito.metric(#"deposito_logins_total{resultado="ok"}"#) == 2)
  }

  @Test func theRightPasswordForgivesTheWrongOnes() async throws {
    let deposito = try await DepositoFixture.start()
    for _ in 1...2 {
      for _ in 1...4 { #expect(try await deposito.login("admin", "otra").status == 401) }
      #expect(try await deposito.login("admin", DepositoFixture.adminPassword).status == 200)
    }
  }

  /// A name that does not exist is limited like one that does: the limit tells nobody which do.
  @Test func anUnknownNameIsLimitedTheSame() async throws {
    let deposito = try await DepositoFixture.start()
    for _ in 1...5 { #expect(try await deposito.login("nadie", "otra").status == 401) }
    #expect(try await deposito.login("nadie", "otra").status == 429)
  }

  @Test func anAddressTriesThirtyNamesAMinute() async throws {
    let deposito = try await DepositoFixture.start()
    let first = try await Self.attempts(40, on: deposito) { _ in "10.0.0.1" }
    // Thirty at once, and one more for each two seconds that this took.
    #expect(first[401, default: 0] >= 30)
    #expect(first[429, default: 0] >= 1)
    // What stands before the last hop is what the client says of itself.
    let forged = try await Self.attempts(30, on: deposito) { "10.9.9.\($0), 10.0.0.1" }
    #expect(forged[429, default: 0] >= 1)
    let other = try await Self.attempts(10, on: deposito) { _ in "10.0.0.2" }
    #expect(other == [401: 10])
  }

  @Test func aDatabaseThatIsAwayIsNobodysMistake() async throws {
    let server = try await PostgresServer.start()
    let deposito = try await DepositoFixture.start(on: server)
    try await server.kill()
    for _ in 1...7 { #expect(try await deposito.login("admin", DepositoFixture.adminPassword).status == 503) }
    try await server.start()
    try await deposito.client.wait(for: "/health", within: .seconds(10))
    #expect(try await deposito.login("admin", DepositoFixture.adminPassword).status == 200)
  }

  /// Each with a name of its own, at once; by status.
  private static func attempts(
    _ count: Int, on deposito: DepositoFixture, from hops: @escaping @Sendable (Int) -> String
  ) async throws -> [Int: Int] {
    let series = UInt32.random(in: 0...UInt32.max)
    return try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<count {
        group.addTask {
          try await deposito.client.send(
            "POST", "/api/v1/auth/login", json: #"{"username":"n\#(series)-\#(number)","password":"otra"}"#,
            headers: ["X-Forwarded-For": hops(number)]
          ).status
        }
      }
      return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
  }
}
