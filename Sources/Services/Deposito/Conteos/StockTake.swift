import Decimal
import Postgres
import ServiceKit

/// A stock-take: a sheet on which a warehouse is counted.
struct StockTake: Encodable, Sendable {
  enum State: String, CaseIterable, Sendable { case abierto, cerrado, anulado }

  let id: Int64
  let depositoID: Int64
  let nombre: String
  let estado: String
  let usuario: String
  let lineas: Int
  let diferencias: Int
  let createdAt: String
  let terminadoAt: String?
  let terminadoPor: String?

  enum CodingKeys: String, CodingKey {
    case id, nombre, estado, usuario, lineas, diferencias
    case depositoID = "deposito_id"
    case createdAt = "created_at"
    case terminadoAt = "terminado_at"
    case terminadoPor = "terminado_por"
  }

  static let columns = """
    c.id, c.deposito_id, c.nombre, c.estado, c.usuario, c.terminado_por, \
    (SELECT count(*) FROM deposito.conteo_lineas WHERE conteo_id = c.id) AS lineas, \
    (SELECT count(*) FROM deposito.conteo_lineas WHERE conteo_id = c.id AND contado <> esperado) AS diferencias, \
    to_char(c.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at, \
    to_char(c.terminado_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS terminado_at
    """

  init(_ row: Row) throws(PostgresError) {
    id = try row.decode("id")
    depositoID = try row.decode("deposito_id")
    nombre = try row.decode("nombre")
    estado = try row.decode("estado")
    usuario = try row.decode("usuario")
    lineas = try row.decode("lineas")
    diferencias = try row.decode("diferencias")
    createdAt = try row.decode("created_at")
    terminadoAt = try row.decode("terminado_at")
    terminadoPor = try row.decode("terminado_por")
  }

  static let schema = Schema.object(
    [
      "id": .identifier, "deposito_id": .identifier, "nombre": "string",
      "estado": .oneOf(State.allCases.map(\.rawValue)), "usuario": "string", "lineas": "integer",
      "diferencias": "integer", "created_at": .instant, "terminado_at": Schema.instant.nullable,
      "terminado_por": Schema("string").nullable,
    ],
    required: ["id", "deposito_id", "nombre", "estado", "usuario", "lineas", "diferencias", "created_at"])
}

/// One product on a sheet.
struct StockTakeLine: Encodable, Sendable {
  let productoID: Int64
  let codigo: String
  let nombre: String
  let contado: Quantity
  let esperado: Quantity
  let diferencia: Quantity

  enum CodingKeys: String, CodingKey {
    case codigo, nombre, contado, esperado, diferencia
    case productoID = "producto_id"
  }

  init(_ row: Row) throws(PostgresError) {
    productoID = try row.decode("producto_id")
    codigo = try row.decode("codigo")
    nombre = try row.decode("nombre")
    contado = try row.decode("contado")
    esperado = try row.decode("esperado")
    diferencia = try row.decode("diferencia")
  }

  static let schema = Schema.object([
    "producto_id": .identifier, "codigo": "string", "nombre": "string",
    "contado": .number(decimals: Thousandths.digits, minimum: 0),
    "esperado": .number(decimals: Thousandths.digits, minimum: 0), "diferencia": .number(decimals: Thousandths.digits),
  ])
}

/// What somebody counted of a product.
struct StockTakeCount: Sendable {
  static let maximumCounts = 1_000

  let productID: Int64
  let quantity: Quantity

  init(reading fields: inout FieldReader) throws(Problem) {
    productID = fields.identifier("producto_id")
    quantity = fields.decimal("contado", in: ProductDraft.quantities)
    try fields.finish()
  }

  static let schema = Schema.body(
    ["producto_id": .identifier, "contado": .number(decimals: Thousandths.digits, minimum: 0)],
    required: ["producto_id", "contado"])
}
