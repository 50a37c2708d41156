import JSON
import Postgres
import ServiceKit

/// Who did what to what, for the audit log.
struct AuditEntry: Sendable {
  let user: String
  /// Small letters and underscores: `usuario_creado`.
  let action: String
  /// `usuario:ana`.
  let object: String
  /// Never a secret.
  let detail: JSONValue
  let requestID: String
}

/// A row of the audit log.
struct AuditRecord: Encodable, Sendable {
  let id: Int64
  let usuario: String
  let accion: String
  let objeto: String
  let detalle: JSONValue
  let requestID: String?
  let createdAt: String

  enum CodingKeys: String, CodingKey {
    case id, usuario, accion, objeto, detalle
    case requestID = "request_id"
    case createdAt = "created_at"
  }

  static let schema = Schema.object(
    [
      "id": .identifier, "usuario": "string", "accion": "string", "objeto": "string", "detalle": "object",
      "request_id": Schema("string").nullable, "created_at": .instant,
    ], required: ["id", "usuario", "accion", "objeto", "detalle", "created_at"])

  init(_ row: Row) throws(PostgresError) {
    id = try row.decode("id")
    usuario = try row.decode("usuario")
    accion = try row.decode("accion")
    objeto = try row.decode("objeto")
    let text: String = try row.decode("detalle")
    detalle = (try? JSONValue(text.utf8)) ?? [:]
    requestID = try row.decode("request_id")
    createdAt = try row.decode("created_at")
  }
}

/// `deposito.auditoria`. The database refuses to change what is in it.
struct AuditLog: Sendable {
  let pool: PostgresPool

  private static let insert = Statement(
    "auditoria_anotar",
    """
    INSERT INTO deposito.auditoria (usuario, accion, objeto, detalle, request_id) VALUES ($1, $2, $3, $4::jsonb, $5)
    """)
  private static let columns = """
    id, usuario, accion, objeto, detalle, request_id, \
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
    """
  /// Each in the order of an index: the newest first, of all objects or of one.
  private static let newest = Statement(
    "auditoria_lista",
    """
    SELECT \(columns) FROM deposito.auditoria WHERE id < $1 ORDER BY auditoria.id DESC LIMIT $2
    """)
  private static let newestOfObject = Statement(
    "auditoria_de_objeto",
    """
    SELECT \(columns) FROM deposito.auditoria WHERE objeto = $3 AND id < $1
    ORDER BY auditoria.id DESC LIMIT $2
    """)

  /// In the transaction of the change itself: one is never there without the other.
  static func note(_ entry: AuditEntry, in transaction: Transaction) async throws(PostgresError) {
    let detail = JSONCoding.text(of: entry.detail)
    _ = try await transaction.query(insert, [entry.user, entry.action, entry.object, detail, entry.requestID])
  }

  /// - Parameter before: only records with a smaller identifier.
  func records(of object: String?, before: Int64, limit: Int) async throws -> [AuditRecord] {
    let parameters: [any PostgresEncodable] = [before, limit]
    do {
      let rows =
        if let object {
          try await pool.query(Self.newestOfObject, parameters + [object])
        } else {
          try await pool.query(Self.newest, parameters)
        }
      return try rows.map { row throws(PostgresError) in try AuditRecord(row) }
    } catch {
      throw try Problem.database(error)
    }
  }
}
