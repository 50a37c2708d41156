import Foundation
import TestSupport
import Testing

/// Every operation of the service's own document, asked with every kind of token: what the document says of who may is
/// what happens.
@Suite struct AuthorizationMatrixTests {
  private struct Operation {
    let method: String
    let path: String
    let hasBody: Bool
    /// Nil where it is open.
    let roles: Set<String>?

    /// With something in the place of each parameter.
    var realPath: String { path.replacing(/\{[^}]*\}/, with: "1") }
    var name: String { "\(method) \(path)" }
  }

  private static let roles = ["admin", "deposito", "negocio", "ml_service"]

  @Test func everyOperationKeepsWhatItsDocumentSays() async throws {
    let deposito = try await DepositoFixture.start()
    let operations = try await Self.operations(of: deposito)
    #expect(operations.filter { $0.roles != nil }.count > 10)
    #expect(operations.contains { $0.roles == ["admin"] })
    let useless = try await Self.uselessTokens()
    for operation in operations {
      for (name, token) in useless {
        let status = try await Self.ask(operation, of: deposito, with: token)
        if operation.roles == nil {
          #expect(status != 401 && status != 403, "\(operation.name), \(name): \(status)")
        } else {
          #expect(status == 401, "\(operation.name), \(name)")
        }
      }
      for role in Self.roles {
        // A token of its own each, since one of the operations ends the token that it is asked with.
        let token = try await TokenForge.token(claims: TokenForge.claims(role: role))
        let status = try await Self.ask(operation, of: deposito, with: token)
        if operation.roles?.contains(role) == false {
          #expect(status == 403, "\(operation.name), \(role)")
        } else {
          #expect(status != 401 && status != 403 && status != 500, "\(operation.name), \(role): \(status)")
        }
      }
    }
  }

  private static func ask(
    _ operation: Operation, of deposito: DepositoFixture, with token: String?
  ) async throws -> Int {
    let client = token.map { deposito.client.authorized(by: $0) } ?? deposito.client
    return try await client.send(operation.method, operation.realPath, json: operation.hasBody ? "{}" : nil).status
  }

  private static func operations(of deposito: DepositoFixture) async throws -> [Operation] {
    let document = try await deposito.client.send("GET", "/openapi.json")
    guard case .object(let paths)? = document.json["paths"] else { throw TestSupportError("no paths") }
    var operations: [Operation] = []
    for (path, item) in paths {
      guard case .object(let methods) = item else { throw TestSupportError("\(path) is no object") }
      for (method, operation) in methods {
        let isOpen = try security(of: operation, at: path).isEmpty
        operations.append(
          Operation(
            method: method.uppercased(), path: path, hasBody: operation["requestBody"] != nil,
            roles: isOpen ? nil : try roles(of: operation, at: path)))
      }
    }
    return operations.sorted { $0.name < $1.name }
  }

  /// An operation that says nothing of its security is a mistake, not an open one.
  private static func security(of operation: JSONScalar, at path: String) throws -> [JSONScalar] {
    guard let security = operation["security"]?.array else { throw TestSupportError("\(path) has no security") }
    return security
  }

  /// `Roles: admin, deposito.`
  private static func roles(of operation: JSONScalar, at path: String) throws -> Set<String> {
    guard let text = operation["description"]?.string, let match = text.firstMatch(of: /Roles: ([a-z_, ]+)\./) else {
      throw TestSupportError("\(path) does not say who may")
    }
    let named = Set(match.output.1.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    guard named.isSubset(of: roles), named.contains("admin") else { throw TestSupportError("\(path): \(text)") }
    return named
  }

  /// What nobody accepts, by what is wrong with it.
  private static func uselessTokens() async throws -> [(name: String, token: String?)] {
    let good = TokenForge.claims()
    let signed = try await TokenForge.token(claims: good)
    let parts = signed.split(separator: ".")
    let other = try await TokenForge.token(claims: TokenForge.claims(role: "deposito")).split(separator: ".")
    return [
      ("no token", nil),
      ("garbage", "abc.def.ghi"),
      ("another key", try await TokenForge.token(claims: good, key: "another-key-of-more-than-32-bytes-in-all")),
      ("another token's signature", "\(parts[0]).\(parts[1]).\(other[2])"),
      ("no signature", "\(parts[0]).\(parts[1])."),
      ("alg none", try await TokenForge.token(header: #"{"alg":"none","typ":"JWT"}"#, claims: good, key: nil)),
      ("expired", try await TokenForge.token(claims: TokenForge.claims(expiresIn: -1))),
      ("another audience", try await TokenForge.token(claims: TokenForge.claims(audience: "otros"))),
      ("another issuer", try await TokenForge.token(claims: TokenForge.claims(issuer: "otros"))),
      ("an unknown role", try await TokenForge.token(claims: TokenForge.claims(role: "dios"))),
    ]
  }
}
