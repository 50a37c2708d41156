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
  let codigosBarras: [String]
  let precioCompra: Money
  let precioVenta: Money
  var stockActual: Quantity
  let stockMinimo: Quantity
  let stockMaximo: Quantity
  let ubicacion: String?
  let activo: Bool
  var version: Int64
  let createdAt: String
  var updatedAt: String
  /// What warehouses other than the default one hold; nothing where they hold none.
  var otherParts: [Int64: Quantity]

  enum CodingKeys: String, CodingKey {
    case id, codigo, nombre, descripcion, categoria, ubicacion, activo, version
    case codigoBarras = "codigo_barras"
    case codigosBarras = "codigos_barras"
    case precioCompra = "precio_compra"
    case precioVenta = "precio_venta"
    case stockActual = "stock_actual"
    case stockMinimo = "stock_minimo"
    case stockMaximo = "stock_maximo"
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case stockPorDeposito = "stock_por_deposito"
  }

  /// The columns of every statement that returns products; instants are RFC 3339 in UTC.
  static let columns = """
    id, codigo, nombre, descripcion, categoria, codigos_barras, precio_compra, precio_venta, stock_actual, \
    stock_minimo, stock_maximo, ubicacion, activo, version, CASE WHEN stock_otros > 0 THEN (\
    SELECT string_agg(e.deposito_id || ':' || e.cantidad, ' ') FROM deposito.existencias AS e \
    WHERE e.producto_id = id AND e.cantidad > 0) END AS partes, \
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at, \
    to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at
    """

  init(_ row: Row) throws(PostgresError) {
    id = try row.decode("id")
    codigo = try row.decode("codigo")
    nombre = try row.decode("nombre")
    descripcion = try row.decode("descripcion")
    categoria = try row.decode("categoria")
    codigosBarras = try row.decode("codigos_barras")
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
    otherParts = try row.decode("partes", as: WarehouseParts?.self)?.quantities ?? [:]
  }

  static let schema = Schema.object(
    [
      "id": .identifier, "codigo": "string", "nombre": "string", "descripcion": Schema("string").nullable,
      "categoria": "string", "codigo_barras": Schema("string").nullable,
      "codigos_barras": .list(of: "string"),
      "precio_compra": .number(decimals: Cents.digits, minimum: 0),
      "precio_venta": .number(decimals: Cents.digits, minimum: 0),
      "stock_actual": .number(decimals: Thousandths.digits, minimum: 0),
      "stock_minimo": .number(decimals: Thousandths.digits, minimum: 0),
      "stock_maximo": .number(decimals: Thousandths.digits, minimum: 0), "ubicacion": Schema("string").nullable,
      "activo": "boolean", "version": "integer", "created_at": .instant, "updated_at": .instant,
      "stock_por_deposito": .list(
        of: .object(["deposito_id": .identifier, "cantidad": .number(decimals: Thousandths.digits, minimum: 0)])),
    ],
    required: [
      "id", "codigo", "nombre", "categoria", "codigos_barras", "precio_compra", "precio_venta", "stock_actual",
      "stock_minimo", "stock_maximo", "activo", "version", "created_at", "updated_at", "stock_por_deposito",
    ])
}

extension Product {
  /// Its version as an entity tag (RFC 9110 §8.8.3).
  var etag: String { "\"\(version)\"" }

  var otherStock: Quantity { otherParts.values.reduce(.zero) { $0.adding($1) ?? $0 } }

  /// What a warehouse holds; the default one has what the others leave.
  func part(in warehouse: Int64) -> Quantity {
    if warehouse != Warehouse.defaultID { return otherParts[warehouse] ?? .zero }
    return stockActual.adding(-otherStock) ?? stockActual
  }

  private struct Part: Encodable {
    let depositoID: Int64
    let cantidad: Quantity

    enum CodingKeys: String, CodingKey {
      case cantidad
      case depositoID = "deposito_id"
    }
  }

  private var parts: [Part] {
    ([Warehouse.defaultID] + otherParts.keys.sorted()).map { Part(depositoID: $0, cantidad: part(in: $0)) }
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(codigo, forKey: .codigo)
    try fields.encode(nombre, forKey: .nombre)
    try fields.encodeIfPresent(descripcion, forKey: .descripcion)
    try fields.encode(categoria, forKey: .categoria)
    try fields.encodeIfPresent(codigosBarras.first, forKey: .codigoBarras)
    try fields.encode(codigosBarras, forKey: .codigosBarras)
    try fields.encode(precioCompra, forKey: .precioCompra)
    try fields.encode(precioVenta, forKey: .precioVenta)
    try fields.encode(stockActual, forKey: .stockActual)
    try fields.encode(stockMinimo, forKey: .stockMinimo)
    try fields.encode(stockMaximo, forKey: .stockMaximo)
    try fields.encodeIfPresent(ubicacion, forKey: .ubicacion)
    try fields.encode(activo, forKey: .activo)
    try fields.encode(version, forKey: .version)
    try fields.encode(createdAt, forKey: .createdAt)
    try fields.encode(updatedAt, forKey: .updatedAt)
    try fields.encode(parts, forKey: .stockPorDeposito)
  }
}

/// `2:5.000 7:0.125`, as `Product.columns` has it.
private struct WarehouseParts: PostgresDecodable {
  let quantities: [Int64: Quantity]

  init?(postgresText text: String) {
    var quantities: [Int64: Quantity] = [:]
    for part in text.split(separator: " ") {
      let words = part.split(separator: ":")
      guard words.count == 2, let warehouse = Int64(words[0]), let quantity = Quantity(String(words[1])) else {
        return nil
      }
      quantities[warehouse] = quantity
    }
    self.quantities = quantities
  }
}
