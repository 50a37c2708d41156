import Postgres
import ServiceKit

/// A user as administrators see it: without the hash of the password.
struct User: Encodable, Sendable, Equatable {
  let id: Int64
  let usuario: String
  let rol: Role
  let activo: Bool
  let createdAt: String
  let updatedAt: String
  /// Seconds of 1970: tokens that were issued before are not accepted.
  let tokensSince: Int64?

  enum CodingKeys: String, CodingKey {
    case id, usuario, rol, activo
    case createdAt = "created_at"
    case updatedAt = "updated_at"
  }

  /// The columns of every statement that returns users; instants are RFC 3339 in UTC.
  static let columns = """
    id, usuario, rol, activo, extract(epoch FROM tokens_desde)::bigint AS tokens_desde, \
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at, \
    to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at
    """

  static let schema = Schema.object([
    "id": .identifier, "usuario": "string", "rol": .oneOf(Role.allCases.map(\.rawValue)), "activo": "boolean",
    "created_at": .instant, "updated_at": .instant,
  ])

  init(_ row: Row) throws(PostgresError) {
    id = try row.decode("id")
    usuario = try row.decode("usuario")
    let name: String = try row.decode("rol")
    guard let role = Role(rawValue: name) else { throw PostgresError(.decoding, "'\(name)' is no role") }
    rol = role
    activo = try row.decode("activo")
    createdAt = try row.decode("created_at")
    updatedAt = try row.decode("updated_at")
    tokensSince = try row.decode("tokens_desde")
  }
}
