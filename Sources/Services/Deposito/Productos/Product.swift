import Decimal
import Postgres
import ServiceKit

/// A product as clients see it.
struct Product: Encodable, Sendable {
  let id: Int64
  let codigo: String
  let nombre: String
  let descripcion: String?
  let categoria: String
  let codigoBarras: String?
  let precioCompra: Money
  let precioVenta: Money
  let stockActual: Quantity
  let stockMinimo: Quantity
  let stockMaximo: Quantity
  let ubicacion: String?
  let activo: Bool
  let version: Int64
  let createdAt: String
  let updatedAt: String

  enum CodingKeys: String, CodingKey {
    case id, codigo, nombre, descripcion, categoria, ubicacion, activo, version
    case codigoBarras = "codigo_barras"
    case precioCompra = "precio_compra"
    case precioVenta = "precio_venta"
    case stockActual = "stock_actual"
    case stockMinimo = "stock_minimo"
    case stockMaximo = "stock_maximo"
    case createdAt = "created_at"
    case updatedAt = "updated_at"
  }

  /// The columns of every statement that returns products; instants are RFC 3339 in UTC.
  static let columns = """
    id, codigo, nombre, descripcion, categoria, codigo_barras, precio_compra, precio_venta, stock_actual, \
    stock_minimo, stock_maximo, ubicacion, activo, version, \
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at, \
    to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at
    """

  init(_ row: Row) throws(PostgresError) {
    id = try row.decode("id")
    codigo = try row.decode("codigo")
    nombre = try row.decode("nombre")
    descripcion = try row.decode("descripcion")
    categoria = try row.decode("categoria")
    codigoBarras = try row.decode("codigo_barras")
    precioCompra = try row.decode("precio_compra")
    precioVenta = try row.decode("precio_venta")
    stockActual = try row.decode("stock_actual")
    stockMinimo = try row.decode("stock_minimo")
    stockMaximo = try row.decode("stock_maximo")
    ubicacion = try row.decode("ubicacion")
    activo = try row.decode("activo")
    version = try row.decode("version")
    createdAt = try row.decode("created_at")
    updatedAt = try row.decode("updated_at")
  }

  static let schema = Schema.object(
    [
      "id": .identifier, "codigo": "string", "nombre": "string", "descripcion": Schema("string").nullable,
      "categoria": "string", "codigo_barras": Schema("string").nullable,
      "precio_compra": .number(decimals: Cents.digits, minimum: 0),
      "precio_venta": .number(decimals: Cents.digits, minimum: 0),
      "stock_actual": .number(decimals: Thousandths.digits, minimum: 0),
      "stock_minimo": .number(decimals: Thousandths.digits, minimum: 0),
      "stock_maximo": .number(decimals: Thousandths.digits, minimum: 0), "ubicacion": Schema("string").nullable,
      "activo": "boolean", "version": "integer", "created_at": .instant, "updated_at": .instant,
    ],
    required: [
      "id", "codigo", "nombre", "categoria", "precio_compra", "precio_venta", "stock_actual", "stock_minimo",
      "stock_maximo", "activo", "version", "created_at", "updated_at",
    ])
}
