import Catalog

/// What a client is told when a request fails: `application/problem+json` (RFC 9457) with a stable code, and a
/// detail in Spanish for the person in front of it. It never carries what the server alone should know.
package struct Problem: Error, Sendable, Equatable {
  package let status: HTTPStatus
  /// Stable, snake case: what programs compare.
  package let code: String
  package let detail: String
  package let fields: [FieldProblem]
  package let headers: [String: String]

  package init(
    _ status: HTTPStatus, code: String, _ detail: String, fields: [FieldProblem] = [], headers: [String: String] = [:]
  ) {
    self.status = status
    self.code = code
    self.detail = detail
    self.fields = fields
    self.headers = headers
  }
}

/// What is wrong with one field.
package struct FieldProblem: Sendable, Equatable, Encodable {
  package let field: String
  package let message: String

  package init(field: String, message: String) {
    self.field = field
    self.message = message
  }

  enum CodingKeys: String, CodingKey {
    case field = "campo"
    case message = "mensaje"
  }
}

extension Problem {
  package static func validation(_ fields: [FieldProblem]) -> Problem {
    let count = fields.count == 1 ? "Un campo no es válido" : "\(fields.count) campos no son válidos"
    return Problem(.unprocessableContent, code: "validacion", "\(count).", fields: fields)
  }

  package static let malformedJSON = Problem(
    .badRequest, code: "json_invalido", "El cuerpo no es un objeto JSON válido.")
  package static let unauthorized = Problem(
    .unauthorized, code: "no_autenticado", "Falta un token válido: pedilo en /api/v1/auth/login.",
    headers: ["WWW-Authenticate": "Bearer"])
  package static let wrongCredentials = Problem(
    .unauthorized, code: "credenciales_invalidas", "El usuario o la clave no son correctos.",
    headers: ["WWW-Authenticate": "Bearer"])
  package static let forbidden = Problem(
    .forbidden, code: "sin_permiso", "Tu rol no permite esta operación.")
  package static let noSuchRoute = Problem(.notFound, code: "ruta_inexistente", "No existe esa ruta.")
  package static let unsupportedMediaType = Problem(
    .unsupportedMediaType, code: "tipo_no_admitido", "El cuerpo tiene que ser application/json.")
  package static let internalError = Problem(
    .internalServerError, code: "error_interno", "Ocurrió un error interno; el request_id permite encontrarlo.")

  package static func notFound(_ what: String) -> Problem {
    Problem(.notFound, code: "no_encontrado", "No existe \(what).")
  }

  package static func methodNotAllowed(_ allowed: [String]) -> Problem {
    Problem(
      .methodNotAllowed, code: "metodo_no_permitido", "La ruta no admite ese método.",
      headers: ["Allow": allowed.joined(separator: ", ")])
  }

  package static func tooLarge(limitBytes: Int) -> Problem {
    Problem(.contentTooLarge, code: "cuerpo_demasiado_grande", "El cuerpo supera los \(limitBytes) bytes.")
  }

  package static func unavailable(_ what: String, retryAfterSeconds: Int = 2) -> Problem {
    Problem(
      .serviceUnavailable, code: "no_disponible", "\(what) Probá de nuevo en unos segundos.",
      headers: ["Retry-After": String(retryAfterSeconds)])
  }
}
