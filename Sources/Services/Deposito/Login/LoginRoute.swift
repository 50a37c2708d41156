import Argon2
import Catalog
import Hummingbird
import MetricModel
import ServiceKit
import Telemetry

/// `POST /api/v1/auth/login`: a token for a name and a password. `POST /api/v1/auth/logout` ends one.
struct LoginRoute: Feature {
  let users: UserStore
  let hasher: PasswordHasher
  let issuer: TokenIssuer
  let revocations: Revocations
  let attempts: LoginAttempts

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

  var routes: [Route] { [login, logout] }

  private var login: Route {
    Route(.post, "/api/v1/auth/login", access: .open, Self.loginOperation) { request, context in
      var fields = try await JSONCoding.object(of: request, maximumBytes: Route.defaultMaximumBodyBytes)
      let name = fields.text("username", length: 1...64)
      let password = fields.secret("password", bytes: 1...PasswordHasher.maximumPasswordBytes)
      try fields.finish()
      let user = try await attempts.measure(user: name, from: context.clientAddress(of: request)) {
        let user = try await users.user(named: name)
        guard try await hasher.verify(password, against: user?.passwordHash), let user else {
          throw Problem.wrongCredentials
        }
        return user
      }
      let token = try await issuer.token(for: user.principal, notBefore: user.tokensSince)
      return .json(
        Answer(accessToken: token, expiresIn: issuer.lifetimeSeconds), headers: [.cacheControl: "no-store"])
    }
  }

  private var logout: Route {
    let operation = Operation("Terminar el token con el que se pide", [.init(.noContent, "El token ya no vale.")])
    return Route(.post, "/api/v1/auth/logout", access: .roles(Role.allCases), operation) { _, context in
      guard let token = context.token else { throw Problem.unauthorized }
      try await revocations.revoke(token)
      return Response(status: .noContent)
    }
  }

  private static let loginOperation = Operation(
    "Obtener un token",
    body: .body(["username": .text(1...64), "password": .text(1...1_024)], required: ["username", "password"]),
    [
      .init(
        .ok, "El token.",
        schema: .object(["access_token": "string", "token_type": .oneOf(["bearer"]), "expires_in": "integer"])),
      .problem(.unauthorized, "Usuario o clave incorrectos."),
      .problem(.tooManyRequests, "Demasiados intentos (demasiados_intentos); Retry-After dice cuánto esperar."),
      .problem(.serviceUnavailable, "La base de datos no está disponible, o hay demasiados ingresos a la vez."),
    ])
}

/// Lets attempts through within the limits, and counts them: `deposito_logins_total`.
struct LoginAttempts: Sendable {
  private let limiter = LoginLimiter()
  private let logins: CounterInstrument<LoginOutcome>

  init(_ registry: Registry) { logins = registry.counter(Deposito.logins) }

  /// - Parameter attempt: throws `Problem.wrongCredentials` where name and password do not belong together.
  /// - Throws: 429, 401 or 503 as a `Problem`.
  func measure<Result>(user: String, from address: String, _ attempt: () async throws -> Result) async throws -> Result
  {
    do {
      try limiter.admit(user: user, from: address)
    } catch {
      logins.add(1, .limitado)
      throw error
    }
    do {
      let result = try await attempt()
      limiter.succeeded(user: user)
      logins.add(1, .ok)
      return result
    } catch let problem as Problem where problem == .wrongCredentials {
      logins.add(1, .claveIncorrecta)
      throw problem
    } catch PasswordHashError.busy {
      limiter.undecided(user: user)
      logins.add(1, .ocupado)
      throw Problem.unavailable("Hay demasiados ingresos a la vez.")
    } catch {
      limiter.undecided(user: user)
      throw error
    }
  }
}
