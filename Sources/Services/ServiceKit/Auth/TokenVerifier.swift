import FoundationEssentials
import Hummingbird
import JWTKit
import Synchronization

/// What tells one token from another.
package struct TokenIdentity: Sendable, Equatable {
  /// The `jti`.
  package let identifier: String
  /// The `sub`.
  package let subject: String
  /// Seconds of 1970.
  package let issuedAt: Int64
  /// Seconds of 1970.
  package let expiresAt: Int64

  package init(identifier: String, subject: String, issuedAt: Int64, expiresAt: Int64) {
    self.identifier = identifier
    self.subject = subject
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }
}

/// What ends tokens before their time. It is asked at every request: from memory.
package protocol RevocationList: Sendable {
  /// - Throws: 503 while nothing is known yet: who cannot say that a token holds does not say it.
  func isRevoked(_ token: TokenIdentity) async throws(Problem) -> Bool
}

/// Checks tokens.
package struct TokenVerifier: Sendable {
  /// Who asks, and with what.
  struct Caller: Sendable {
    let principal: Principal
    let token: TokenIdentity
  }

  /// The one that signs first.
  private let keys: [TokenKey]
  private let revocations: (any RevocationList)?
  private let known = KnownTokens()

  /// - Parameter revocations: nil: a token that was signed holds until it expires.
  package init(_ configuration: TokenConfiguration, revocations: (any RevocationList)? = nil) async {
    var keys = [await TokenKey(configuration.key)]
    if let other = configuration.otherKey { keys.append(await TokenKey(other)) }
    self.keys = keys
    self.revocations = revocations
  }

  /// Who asks; nil on an open route.
  /// - Throws: 401, 403 or 503 as a `Problem`.
  func authorize(_ request: Request, for access: Route.Access) async throws(Problem) -> Caller? {
    guard access != .open else { return nil }
    guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
      throw .unauthorized
    }
    let caller = try await caller(withToken: String(header.dropFirst("bearer ".count)))
    guard caller.principal.may(access) else { throw .forbidden }
    return caller
  }

  func caller(withToken token: String) async throws(Problem) -> Caller {
    let caller = if let caller = known.caller(withToken: token) { caller } else { try await proven(token) }
    if let revocations, try await revocations.isRevoked(caller.token) { throw .unauthorized }
    return caller
  }

  private func proven(_ token: String) async throws(Problem) -> Caller {
    guard let claims = await claims(ofToken: token), let issuedAt = claims.iat.value.wholeSeconds,
      let expiresAt = claims.exp.value.wholeSeconds
    else { throw .unauthorized }
    let caller = Caller(
      principal: Principal(name: claims.sub.value, role: claims.role),
      token: TokenIdentity(
        identifier: claims.jti.value, subject: claims.sub.value, issuedAt: issuedAt, expiresAt: expiresAt))
    known.add(caller, token)
    return caller
  }

  /// The claims of a token that one of the keys signed and that holds now.
  private func claims(ofToken token: String) async -> Claims? {
    let bytes = Array(token.utf8)
    // The header is read before the signature: another algorithm is refused whatever it would prove.
    guard let parts = try? DefaultJWTParser().parse(bytes, as: Claims.self), parts.header.alg == "HS256" else {
      return nil
    }
    for key in keys where parts.header.kid == nil || parts.header.kid == key.identifier {
      if let claims = try? await key.keys.verify(bytes, as: Claims.self) { return claims }
    }
    return nil
  }
}

extension Date {
  /// Since 1970; nil beyond what a number of seconds can be.
  fileprivate var wholeSeconds: Int64? { Int64(exactly: timeIntervalSince1970.rounded(.down)) }
}

/// Tokens whose signature and claims were found good before: until they expire only a revocation can change that, which
/// is asked for each time. A signature costs as much as the rest of a small request.
private final class KnownTokens: Sendable {
  /// Past this it begins anew: a shop has some users, and each some tokens.
  private static let maximumTokens = 1_024

  private let callers = Mutex<[String: TokenVerifier.Caller]>([:])

  func caller(withToken token: String) -> TokenVerifier.Caller? {
    guard let caller = callers.withLock({ $0[token] }) else { return nil }
    return Double(caller.token.expiresAt) > Date().timeIntervalSince1970 ? caller : nil
  }

  func add(_ caller: TokenVerifier.Caller, _ token: String) {
    callers.withLock { callers in
      if callers.count >= Self.maximumTokens { callers = [:] }
      callers[token] = caller
    }
  }
}
