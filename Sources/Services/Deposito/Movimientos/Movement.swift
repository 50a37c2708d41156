import Decimal
import Postgres
import ServiceKit

/// A row of the ledger.
struct Movement: Encodable, Sendable {
  let id: Int64
  let productoID: Int64
  /// The product's version after it.
  let secuencia: Int64
  let tipo: String
  let cantidad: Quantity
  let stockAnterior: Quantity
  let stockResultante: Quantity
  let depositoID: Int64
  let depositoDestinoID: Int64?
  let motivo: String
  let referencia: String?
  let usuario: String
  let createdAt: String
  /// Which lots it took from or gave to; nil where it is not asked for.
  var lotes: [LotChange]?

  enum CodingKeys: String, CodingKey {
    case id, secuencia, tipo, cantidad, motivo, referencia, usuario, lotes
    case productoID = "producto_id"
    case stockAnterior = "stock_anterior"
    case stockResultante = "stock_resultante"
    case depositoID = "deposito_id"
    case depositoDestinoID = "deposito_destino_id"
    case createdAt = "created_at"
  }

  static let schema = Schema.object(
    [
      "id": .identifier, "producto_id": .identifier, "secuencia": .identifier,
      "tipo": .oneOf(MovementKind.allCases.map(\.rawValue)), "cantidad": .number(decimals: Thousandths.digits),
      "stock_anterior": .number(decimals: Thousandths.digits),
      "stock_resultante": .number(decimals: Thousandths.digits), "deposito_id": .identifier,
      "deposito_destino_id": Schema.identifier.nullable, "motivo": "string", "referencia": Schema("string").nullable,
      "usuario": "string", "created_at": .instant, "lotes": .list(of: LotChange.schema),
    ],
    required: [
      "id", "producto_id", "secuencia", "tipo", "cantidad", "stock_anterior", "stock_resultante", "deposito_id",
      "motivo", "usuario", "created_at",
    ])
}

extension Movement {
  static let columns = """
    id, producto_id, secuencia, tipo, cantidad, stock_anterior, stock_resultante, deposito_id, deposito_destino_id, \
    motivo, referencia, usuario, \
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
    """

  init(_ row: Row) throws(PostgresError) {
    id = try row.decode("id")
    productoID = try row.decode("producto_id")
    secuencia = try row.decode("secuencia")
    tipo = try row.decode("tipo")
    cantidad = try row.decode("cantidad")
    stockAnterior = try row.decode("stock_anterior")
    stockResultante = try row.decode("stock_resultante")
    depositoID = try row.decode("deposito_id")
    depositoDestinoID = try row.decode("deposito_destino_id")
    motivo = try row.decode("motivo")
    referencia = try row.decode("referencia")
    usuario = try row.decode("usuario")
    createdAt = try row.decode("created_at")
  }
}
