import Argon2
import Logging
import Postgres
import ServiceKit

/// Who may log in.
struct UserStore: Sendable {
  struct User: Sendable {
    let principal: Principal
    let passwordHash: String
    /// Seconds of 1970: tokens that were issued before are not accepted.
    let tokensSince: Int64?
  }

  let pool: PostgresPool

  private static let find = Statement(
    "usuario_por_nombre",
    """
    SELECT usuario, clave_hash, rol, extract(epoch FROM tokens_desde)::bigint AS tokens_desde
    FROM deposito.usuarios WHERE usuario = $1 AND activo
    """)
  private static let createAdmin = Statement(
    "usuario_admin",
    """
    INSERT INTO deposito.usuarios (usuario, clave_hash, rol) VALUES ('admin', $1, 'admin')
    ON CONFLICT ON CONSTRAINT usuarios_usuario_unico DO NOTHING
    """)

  func user(named name: String) async throws -> User? {
    let rows: QueryResult
    do {
      rows = try await pool.query(Self.find, [name])
    } catch {
      throw try Problem.database(error)
    }
    guard let row = rows.first else { return nil }
    guard let role = Role(rawValue: try row.decode("rol")) else { return nil }
    return User(
      principal: Principal(name: try row.decode("usuario"), role: role), passwordHash: try row.decode("clave_hash"),
      tokensSince: try row.decode("tokens_desde"))
  }

  /// Creates `admin` where nobody did yet; an existing one keeps its password.
  static func createAdmin(passwordHash: String, on connection: PostgresConnection) async throws -> Bool {
    try await connection.query(createAdmin, [passwordHash], deadline: .now + .seconds(5)).affectedRows == 1
  }
}
