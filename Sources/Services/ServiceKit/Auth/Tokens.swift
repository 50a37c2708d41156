import FoundationEssentials
import Hummingbird
import JWTKit
import Settings
import Topology

/// The claims of our tokens (RFC 7519 §4.1).
struct Claims: JWTPayload {
  static let issuer = "minimarket"
  static let audience = "minimarket"

  let sub: SubjectClaim
  let role: Role
  let iss: IssuerClaim
  let aud: AudienceClaim
  let iat: IssuedAtClaim
  let exp: ExpirationClaim
  let jti: IDClaim

  func verify(using algorithm: some JWTAlgorithm) throws {
    try exp.verifyNotExpired()
    try aud.verifyIntendedAudience(includes: Self.audience)
    guard iss.value == Self.issuer else {
      throw JWTError.claimVerificationFailure(failedClaim: iss, reason: "not issued by us")
    }
  }
}

/// The key that signs tokens and how long they hold.
package struct TokenConfiguration: Sendable {
  /// HS256 wants a key of at least its output, 256 bits (RFC 7518 §3.2).
  package static let minimumKeyBytes = 32

  let key: String
  package let lifetimeSeconds: Int

  package init(settings: Settings) throws(SettingsError) {
    key = try settings.required(
      Variables.jwtSecretKey, expected: "una clave de al menos \(Self.minimumKeyBytes) bytes",
      parse: { $0.utf8.count >= Self.minimumKeyBytes ? $0 : nil })
    lifetimeSeconds = try settings.required(
      Variables.jwtExpiryHours, expected: "una cantidad de horas de 1 a 720",
      parse: { Int($0).flatMap { (1...720).contains($0) ? $0 * 3_600 : nil } })
  }
}

/// Signs tokens.
package struct TokenIssuer: Sendable {
  package let lifetimeSeconds: Int
  private let keys: JWTKeyCollection

  package init(_ configuration: TokenConfiguration) async {
    lifetimeSeconds = configuration.lifetimeSeconds
    keys = await JWTKeyCollection().add(hmac: HMACKey(from: configuration.key), digestAlgorithm: .sha256)
  }

  package func token(for principal: Principal) async throws -> String {
    let now = Date()
    return try await keys.sign(
      Claims(
        sub: .init(value: principal.name), role: principal.role, iss: .init(value: Claims.issuer),
        aud: .init(value: Claims.audience), iat: .init(value: now),
        exp: .init(value: now.addingTimeInterval(Double(lifetimeSeconds))), jti: .init(value: UUID().uuidString)))
  }
}

/// Checks tokens.
package struct TokenVerifier: Sendable {
  private let keys: JWTKeyCollection

  package init(_ configuration: TokenConfiguration) async {
    keys = await JWTKeyCollection().add(hmac: HMACKey(from: configuration.key), digestAlgorithm: .sha256)
  }

  /// Who asks; nil on an open route.
  /// - Throws: 401 or 403 as a `Problem`.
  func authorize(_ request: Request, for access: Route.Access) async throws -> Principal? {
    guard access != .open else { return nil }
    guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
      throw Problem.unauthorized
    }
    let principal = try await principal(ofToken: String(header.dropFirst("bearer ".count)))
    guard principal.may(access) else { throw Problem.forbidden }
    return principal
  }

  func principal(ofToken token: String) async throws(Problem) -> Principal {
    let bytes = Array(token.utf8)
    // The header is read before the signature: another algorithm is refused whatever it would prove.
    guard let parts = try? DefaultJWTParser().parse(bytes, as: Claims.self), parts.header.alg == "HS256",
      let claims = try? await keys.verify(bytes, as: Claims.self)
    else { throw .unauthorized }
    return Principal(name: claims.sub.value, role: claims.role)
  }
}
