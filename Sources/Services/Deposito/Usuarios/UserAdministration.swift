import Argon2
import Catalog
import Hummingbird
import JSON
import Postgres
import ServiceKit

/// Users in the database. A change and its row in the audit log are one transaction.
struct UserAdministration: Sendable {
  let pool: PostgresPool
  let writes: Writes
  let hasher: PasswordHasher
  let revocations: Revocations

  private static let list = Statement(
    "usuarios_lista",
    """
    SELECT pagina.*, cuenta.total FROM (SELECT count(*) AS total FROM deposito.usuarios) AS cuenta
      LEFT JOIN (
        SELECT \(User.columns) FROM deposito.usuarios ORDER BY usuarios.usuario LIMIT $1 OFFSET $2
      ) AS pagina ON true ORDER BY pagina.usuario
    """)
  private static let find = Statement(
    "usuario_leer", "SELECT \(User.columns) FROM deposito.usuarios WHERE usuario = $1")
  private static let lock = Statement(
    "usuario_tomar", "SELECT \(User.columns) FROM deposito.usuarios WHERE usuario = $1 FOR UPDATE")
  private static let create = Statement(
    "usuario_crear",
    """
    INSERT INTO deposito.usuarios (usuario, clave_hash, rol) VALUES ($1, $2, $3) RETURNING \(User.columns)
    """)
  /// Older tokens end a second or two from now: what a login with the old password, under way now, may still give out
  /// ends with them. New tokens say that they were issued then.
  private static let update = Statement(
    "usuario_cambiar",
    """
    UPDATE deposito.usuarios
    SET rol = $2, activo = $3, clave_hash = COALESCE($4, clave_hash), updated_at = now(),
      tokens_desde = date_trunc('second', clock_timestamp()) + interval '2 seconds'
    WHERE id = $1 RETURNING \(User.columns)
    """)

  func page(_ page: ListRange) async throws -> ListPage<User> {
    do {
      let rows = try await pool.query(Self.list, [page.size, page.offset])
      let total: Int = try rows.first?.decode("total") ?? 0
      var items: [User] = []
      for row in rows where try row.decode("id", as: Int64?.self) != nil { items.append(try User(row)) }
      return ListPage(items, of: page, total: total)
    } catch {
      throw try Problem.database(error)
    }
  }

  func user(named name: String) async throws -> User? {
    do {
      return try await pool.query(Self.find, [name]).first.map { row throws(PostgresError) in try User(row) }
    } catch {
      throw try Problem.database(error)
    }
  }

  /// - Throws: 409 `usuario_duplicado`, 503 as a `Problem`.
  func create(_ draft: UserDraft, by write: WriteRequest) async throws -> Response {
    let hash = try await self.hash(draft.password)
    return try await writes.perform(write) { transaction in
      let user = try await Self.insert(draft, hash, in: transaction)
      try await transaction.audit(
        "usuario_creado", user.auditObject, ["rol": .string(user.rol.rawValue)], by: write)
      return WriteAnswer(user, status: .created, location: "\(UserRoutes.path)/\(user.usuario)")
    }
  }

  private static func insert(_ draft: UserDraft, _ hash: String, in transaction: Transaction) async throws -> User {
    do {
      let rows = try await transaction.query(create, [draft.name, hash, draft.role.rawValue])
      guard let row = rows.first else { throw Problem.internalError }
      return try User(row)
    } catch let error as PostgresError where error.sqlState == .uniqueViolation {
      throw Problem(.conflict, code: "usuario_duplicado", "Ya existe el usuario \(draft.name).")
    }
  }

  /// Changes what differs. Where something does, the user's older tokens end.
  /// - Parameter answer: what is told of the user as it is then.
  /// - Throws: 404, 409 `ultimo_admin`, 503 as a `Problem`.
  func change(
    _ name: String, _ change: UserChange, as action: String, by write: WriteRequest,
    answer: @escaping @Sendable (User) -> WriteAnswer
  ) async throws -> Response {
    var hash: String?
    if let password = change.password { hash = try await self.hash(password) }
    let (told, user) = try await writes.perform(write) { [hash] transaction in
      let user = try await Self.apply(change, hash, to: name, as: action, by: write, in: transaction)
      return (answer(user), user)
    }
    // This replica knows at once, the others within their next look.
    if let user, let since = user.tokensSince { revocations.endTokens(of: user.usuario, issuedBefore: since) }
    return told.response
  }

  private static func apply(
    _ change: UserChange, _ hash: String?, to name: String, as action: String, by write: WriteRequest,
    in transaction: Transaction
  ) async throws -> User {
    guard let row = try await transaction.query(lock, [name]).first else { throw Problem.notFound("ese usuario") }
    let before = try User(row)
    let role = change.role ?? before.rol
    let isActive = change.isActive ?? before.activo
    guard role != before.rol || isActive != before.activo || hash != nil else { return before }
    do {
      let rows = try await transaction.query(update, [before.id, role.rawValue, isActive, hash])
      guard let row = rows.first else { throw Problem.internalError }
      let after = try User(row)
      try await transaction.audit(
        action, after.auditObject, difference(before, after, newPassword: hash != nil), by: write)
      return after
    } catch let error as PostgresError where error.constraint == "usuarios_ultimo_admin" {
      throw Problem(
        .conflict, code: "ultimo_admin", "Es el último administrador activo: nombrá otro antes de cambiarlo.")
    }
  }

  private func hash(_ password: String) async throws -> String {
    do {
      return try await hasher.hash(password)
    } catch PasswordHashError.busy {
      throw Problem.unavailable("Hay demasiadas claves en proceso a la vez.")
    }
  }

  /// What changed, from what to what; of a password, that it did.
  private static func difference(_ before: User, _ after: User, newPassword: Bool) -> JSONValue {
    var detail: [String: JSONValue] = [:]
    if before.rol != after.rol {
      detail["rol"] = ["antes": .string(before.rol.rawValue), "despues": .string(after.rol.rawValue)]
    }
    if before.activo != after.activo {
      detail["activo"] = ["antes": .bool(before.activo), "despues": .bool(after.activo)]
    }
    if newPassword { detail["clave"] = "cambiada" }
    return .object(detail)
  }
}

extension User {
  fileprivate var auditObject: String { "usuario:\(usuario)" }
}
