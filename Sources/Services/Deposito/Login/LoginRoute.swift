import Argon2
import Catalog
import Hummingbird
import ServiceKit

/// `POST /api/v1/auth/login`: a token for a name and a password.
struct LoginRoute: Feature {
  let users: UserStore
  let hasher: PasswordHasher
  let issuer: TokenIssuer

  private struct Answer: Encodable {
    let accessToken: String
    let tokenType = "bearer"
    let expiresIn: Int

    enum CodingKeys: String, CodingKey {
      case accessToken = "access_token"
      case tokenType = "token_type"
      case expiresIn = "expires_in"
    }
  }

  var routes: [Route] { [login] }

  private var login: Route {
    Route(.post, "/api/v1/auth/login", access: .open, Self.operation) { request, _ in
      var fields = try await JSONCoding.object(of: request, maximumBytes: Route.defaultMaximumBodyBytes)
      let name = fields.text("username", length: 1...64)
      let password = fields.secret("password", maximumBytes: PasswordHasher.maximumPasswordBytes)
      try fields.finish()
      let user = try await users.user(named: name)
      guard try await verify(password, against: user?.passwordHash), let user else { throw Problem.wrongCredentials }
      let token = try await issuer.token(for: user.principal)
      return .json(
        Answer(accessToken: token, expiresIn: issuer.lifetimeSeconds), headers: [.cacheControl: "no-store"])
    }
  }

  private func verify(_ password: String, against hash: String?) async throws -> Bool {
    do {
      return try await hasher.verify(password, against: hash)
    } catch PasswordHashError.busy {
      throw Problem.unavailable("Hay demasiados ingresos a la vez.")
    }
  }

  private static let operation = Operation(
    "Obtener un token",
    body: .body(["username": .text(1...64), "password": .text(1...1_024)], required: ["username", "password"]),
    [
      .init(
        .ok, "El token.",
        schema: .object(["access_token": "string", "token_type": .oneOf(["bearer"]), "expires_in": "integer"])),
      .problem(.unauthorized, "Usuario o clave incorrectos."),
      .problem(.serviceUnavailable, "La base de datos no está disponible, o hay demasiados ingresos a la vez."),
    ])
}
