import Foundation
import TestSupport

/// Tokens of all kinds, signed with openssl so that the code under test signs nothing here.
enum TokenForge {
  static let goodHeader = #"{"alg":"HS256","typ":"JWT"}"#

  static func claims(
    role: String = "admin", issuer: String = "minimarket", audience: String = "minimarket", expiresIn: Double = 600,
    subject: String = "intruso", identifier: String = UUID().uuidString, notBefore: Double? = nil
  ) -> String {
    let now = Date().timeIntervalSince1970
    let since = notBefore.map { #","nbf":\#(Int(now + $0))"# } ?? ""
    return """
      {"sub":"\(subject)","role":"\(role)","iss":"\(issuer)","aud":"\(audience)","iat":\(Int(now)),\
      "exp":\(Int(now + expiresIn)),"jti":"\(identifier)"\(since)}
      """
  }

  static func header(keyIdentifier: String) -> String { #"{"alg":"HS256","typ":"JWT","kid":"\#(keyIdentifier)"}"# }

  /// - Parameter key: nil leaves the signature empty.
  static func token(
    header: String = goodHeader, claims: String, key: String? = DepositoFixture.key, digest: String = "sha256"
  ) async throws -> String {
    let signed = base64URL(Data(header.utf8)) + "." + base64URL(Data(claims.utf8))
    guard let key else { return signed + "." }
    return signed + "." + (try await signature(of: signed, key: key, digest: digest))
  }

  /// As the third part of a token.
  static func signature(of signed: String, key: String, digest: String = "sha256") async throws -> String {
    let hex = try await Subprocess.check(
      ["/usr/bin/openssl", "dgst", "-\(digest)", "-hmac", key, "-r"], input: signed)
    let digits = Array(hex.prefix { $0 != " " })
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    return base64URL(Data(bytes))
  }

  /// The header or the claims of a token.
  static func decoded(_ part: Substring) throws -> [String: JSONScalar] {
    var text = part.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    while text.count % 4 != 0 { text += "=" }
    return try JSONDecoder().decode([String: JSONScalar].self, from: Data(base64Encoded: text) ?? Data())
  }

  private static func base64URL(_ data: Data) -> String {
    data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }
}
