import Crypto
import FoundationEssentials
import Hummingbird
import JWTKit
import Settings
import Topology

/// The claims of our tokens (RFC 7519 §4.1). Instants are whole seconds.
struct Claims: JWTPayload {
  static let issuer = "minimarket"
  static let audience = "minimarket"
  /// Of a `jti`, which is kept when its token is revoked.
  static let maximumIdentifierBytes = 128

  let sub: SubjectClaim
  let role: Role
  let iss: IssuerClaim
  let aud: AudienceClaim
  let iat: IssuedAtClaim
  /// Ours have none; one that is there holds.
  let nbf: NotBeforeClaim?
  let exp: ExpirationClaim
  let jti: IDClaim

  func verify(using algorithm: some JWTAlgorithm) throws {
    try exp.verifyNotExpired()
    try nbf?.verifyNotBefore()
    try aud.verifyIntendedAudience(includes: Self.audience)
    guard iss.value == Self.issuer else {
      throw JWTError.claimVerificationFailure(failedClaim: iss, reason: "not issued by us")
    }
    guard (1...Self.maximumIdentifierBytes).contains(jti.value.utf8.count), !jti.value.utf8.contains(0) else {
      throw JWTError.claimVerificationFailure(failedClaim: jti, reason: "no identifier that can be revoked")
    }
    // What a change of a user revokes is remembered for so long.
    guard exp.value.timeIntervalSince(iat.value) <= Double(TokenConfiguration.maximumLifetimeSeconds) else {
      throw JWTError.claimVerificationFailure(failedClaim: exp, reason: "holds longer than any token of ours")
    }
  }
}

/// The keys of tokens and how long they hold.
package struct TokenConfiguration: Sendable {
  /// HS256 wants a key of at least its output, 256 bits (RFC 7518 §3.2).
  package static let minimumKeyBytes = 32
  /// Of any token, whoever signs it: as many hours as JWT_EXPIRY_HOURS may say.
  package static let maximumLifetimeSeconds = 720 * 3_600

  /// Signs; its tokens are accepted.
  let key: String
  /// Signs nothing; its tokens are accepted as well, while keys change.
  let otherKey: String?
  package let lifetimeSeconds: Int

  package init(settings: Settings) throws(SettingsError) {
    key = try settings.required(
      Variables.jwtSecretKey, expected: Self.expectedKey, parse: { Self.isLongEnough($0) ? $0 : nil })
    otherKey = try settings.optional(Variables.jwtSecretKeyPrevious)
    if let otherKey, !Self.isLongEnough(otherKey) {
      throw SettingsError(
        Variables.jwtSecretKeyPrevious, "no es \(Self.expectedKey)", remedy: "corregila, o dejala vacía")
    }
    lifetimeSeconds = try settings.required(
      Variables.jwtExpiryHours, expected: "una cantidad de horas de 1 a 720",
      parse: { Int($0).flatMap { (1...720).contains($0) ? $0 * 3_600 : nil } })
  }

  private static let expectedKey = "una clave de al menos \(minimumKeyBytes) bytes"

  private static func isLongEnough(_ key: String) -> Bool { key.utf8.count >= minimumKeyBytes }
}

/// A key and the name by which the header of a token (`kid`, RFC 7515 §4.1.4) chooses it.
struct TokenKey: Sendable {
  /// The first 32 bits of the key's SHA-256: they tell keys apart and say next to nothing of them.
  let identifier: String
  let keys: JWTKeyCollection

  init(_ key: String) async {
    identifier = SHA256.hash(data: Array(key.utf8)).prefix(4).hexadecimal
    keys = await JWTKeyCollection().add(hmac: HMACKey(from: key), digestAlgorithm: .sha256)
  }
}

/// Signs tokens.
package struct TokenIssuer: Sendable {
  package let lifetimeSeconds: Int
  private let key: TokenKey

  package init(_ configuration: TokenConfiguration) async {
    lifetimeSeconds = configuration.lifetimeSeconds
    key = await TokenKey(configuration.key)
  }

  /// - Parameter notBefore: seconds of 1970; the token says that it was issued then where that is later than now: the
  ///   instant from which tokens of this user are accepted, by another machine's clock.
  package func token(for principal: Principal, notBefore: Int64? = nil) async throws -> String {
    let now = Int64(Date().timeIntervalSince1970)
    let issued = Date(timeIntervalSince1970: Double(max(now, notBefore ?? now)))
    let claims = Claims(
      sub: .init(value: principal.name), role: principal.role, iss: .init(value: Claims.issuer),
      aud: .init(value: Claims.audience), iat: .init(value: issued), nbf: nil,
      exp: .init(value: issued.addingTimeInterval(Double(lifetimeSeconds))), jti: .init(value: UUID().uuidString))
    // JWTKit would look a `kid` up; the collection holds one key, without a name.
    var header = JWTHeader()
    header.kid = key.identifier
    return try await key.keys.sign(claims, header: header)
  }
}
