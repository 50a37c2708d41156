import Foundation
import TestSupport

/// Tokens that nobody should accept, signed with openssl so that the code under test signs nothing here.
enum TokenForge {
  static let goodHeader = #"{"alg":"HS256","typ":"JWT"}"#

  static func claims(
    role: String = "admin", issuer: String = "minimarket", audience: String = "minimarket", expiresIn: Double = 600
  ) -> String {
    let now = Date().timeIntervalSince1970
    return """
      {"sub":"intruso","role":"\(role)","iss":"\(issuer)","aud":"\(audience)","iat":\(Int(now)),\
      "exp":\(Int(now + expiresIn)),"jti":"1"}
      """
  }

  /// - Parameter key: nil leaves the signature empty.
  static func token(
    header: String = goodHeader, claims: String, key: String? = DepositoFixture.key, digest: String = "sha256"
  ) async throws -> String {
    let signed = base64URL(Data(header.utf8)) + "." + base64URL(Data(claims.utf8))
    guard let key else { return signed + "." }
    let hex = try await Subprocess.check(
      ["/usr/bin/openssl", "dgst", "-\(digest)", "-hmac", key, "-r"], input: signed)
    let digits = Array(hex.prefix { $0 != " " })
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    return signed + "." + base64URL(Data(bytes))
  }

  private static func base64URL(_ data: Data) -> String {
    data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }
}
