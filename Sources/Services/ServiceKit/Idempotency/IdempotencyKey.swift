import Catalog
import Crypto
import Hummingbird

/// A caller's `Idempotency-Key` and what came with it (draft-ietf-httpapi-idempotency-key-header-07): the same again
/// gives the same answer and happens once; with another body it is refused.
package struct IdempotencyKey: Sendable, Hashable {
  package static let maximumBytes = 255

  /// Keys of different callers have nothing to do with each other.
  package let user: String
  package let key: String
  /// SHA-256 of method, path and body, in hexadecimal.
  package let fingerprint: String

  /// The key as it is used up, whatever came with it.
  package var name: String { "\(user)\n\(key)" }

  /// nil: the request has none.
  /// - Parameter seal: of a body with a password in it.
  /// - Throws: 422 for one that cannot be kept.
  package init?(_ request: Request, body: ByteBuffer, user: String, seal: BodySeal? = nil) throws(Problem) {
    guard let key = request.headers[.idempotencyKey] else { return nil }
    var content = Array("\(request.method.rawValue) \(request.uri.path)\n".utf8)
    if let seal { content += seal.code(of: body) } else { content += body.readableBytesView }
    try self.init(key: key, content: content, user: user)
  }

  /// - Parameter content: what it stands for; another with the same key is refused.
  package init(key: String, content: [UInt8], user: String) throws(Problem) {
    guard (1...Self.maximumBytes).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw .validation([
        FieldProblem(
          field: "Idempotency-Key", message: "tiene que tener entre 1 y \(Self.maximumBytes) caracteres ASCII visibles")
      ])
    }
    self.user = user
    self.key = key
    fingerprint = SHA256.hash(data: content).hexadecimal
  }
}

/// Stands for a body with a password in the fingerprint that is kept: a digest alone would let whoever reads the table
/// try passwords, millions a second. After a change of JWT_SECRET_KEY a repetition is taken for another request.
package struct BodySeal: Sendable {
  private let key: SymmetricKey

  package init(_ tokens: TokenConfiguration) { key = SymmetricKey(data: Array(tokens.key.utf8)) }

  func code(of body: ByteBuffer) -> HMAC<SHA256>.MAC {
    HMAC<SHA256>.authenticationCode(for: Array(body.readableBytesView), using: key)
  }
}

extension Sequence<UInt8> {
  /// Two digits a byte.
  var hexadecimal: String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * underestimatedCount)
    for byte in self {
      text.append(Self.digit(byte >> 4))
      text.append(Self.digit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

extension Problem {
  package static let keyInUse = Problem(
    .conflict, code: "idempotencia_en_curso", "Todavía se está atendiendo un pedido con esa Idempotency-Key.",
    headers: ["Retry-After": "1"])
  package static let keyOfAnotherBody = Problem(
    .unprocessableContent, code: "idempotencia_distinta",
    "Esa Idempotency-Key ya se usó con otro pedido: mandá otra, o el mismo cuerpo.")
}
