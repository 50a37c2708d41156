import Decimal
import Postgres
import ServiceKit

/// A row of the ledger.
struct Movement: Encodable, Sendable {
  let id: Int64
  let productoID: Int64
  let tipo: String
  let cantidad: Quantity
  let stockAnterior: Quantity
  let stockResultante: Quantity
  let motivo: String
  let referencia: String?
  let usuario: String
  let createdAt: String

  enum CodingKeys: String, CodingKey {
    case id, tipo, cantidad, motivo, referencia, usuario
    case productoID = "producto_id"
    case stockAnterior = "stock_anterior"
    case stockResultante = "stock_resultante"
    case createdAt = "created_at"
  }

  static let schema = Schema.object(
    [
      "id": .identifier, "producto_id": .identifier, "tipo": .oneOf(MovementKind.allCases.map(\.rawValue)),
      "cantidad": .number(decimals: Thousandths.digits), "stock_anterior": .number(decimals: Thousandths.digits),
      "stock_resultante": .number(decimals: Thousandths.digits), "motivo": "string",
      "referencia": Schema("string").nullable, "usuario": "string", "created_at": .instant,
    ],
    required: [
      "id", "producto_id", "tipo", "cantidad", "stock_anterior", "stock_resultante", "motivo", "usuario", "created_at",
    ])
}

extension Movement {
  init(_ row: Row) throws(PostgresError) {
    id = try row.decode("movimiento_id")
    productoID = try row.decode("id")
    tipo = try row.decode("tipo")
    cantidad = try row.decode("cantidad")
    stockAnterior = try row.decode("stock_anterior")
    stockResultante = try row.decode("stock_resultante")
    motivo = try row.decode("motivo")
    referencia = try row.decode("referencia")
    usuario = try row.decode("usuario")
    createdAt = try row.decode("registrado_at")
  }
}
