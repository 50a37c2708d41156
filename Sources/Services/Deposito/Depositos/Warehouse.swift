import Postgres
import ServiceKit

/// A place that holds stock.
struct Warehouse: Encodable, Sendable {
  /// Of the one that every movement without `deposito_id` is about; migration 2 makes it.
  static let defaultID: Int64 = 1

  let id: Int64
  let codigo: String
  let nombre: String
  let activo: Bool

  static let columns = "id, codigo, nombre, activo"

  init(_ row: Row) throws(PostgresError) {
    id = try row.decode("id")
    codigo = try row.decode("codigo")
    nombre = try row.decode("nombre")
    activo = try row.decode("activo")
  }

  static let schema = Schema.object([
    "id": .identifier, "codigo": "string", "nombre": "string", "activo": "boolean",
  ])
}
