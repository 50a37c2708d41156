import Catalog
import Decimal
import Postgres
import ServiceKit

enum MovementKind: String, CaseIterable, Sendable {
  case entrada = "ENTRADA"
  case salida = "SALIDA"
}

struct NewMovement: Sendable {
  let productID: Int64
  let kind: MovementKind
  let quantity: Quantity
  let reason: String
  let reference: String?

  init(reading fields: inout FieldReader) throws(Problem) {
    productID = fields.identifier("producto_id")
    let kind = fields.choice("tipo_movimiento", of: MovementKind.self)
    quantity = fields.decimal("cantidad", in: Self.smallest...NewProduct.quantities.upperBound)
    reason = fields.text("motivo", length: 1...200)
    reference = fields.optionalText("referencia", length: 1...200)
    try fields.finish()
    guard let kind else { throw .internalError }
    self.kind = kind
  }

  private static let smallest = Quantity(units: 1) ?? .zero

  static let schema = Schema.body(
    [
      "producto_id": .identifier, "tipo_movimiento": .oneOf(MovementKind.allCases.map(\.rawValue)),
      "cantidad": .number(decimals: Thousandths.digits), "motivo": .text(1...200),
      "referencia": Schema.text(1...200).nullable,
    ], required: ["producto_id", "tipo_movimiento", "cantidad", "motivo"])
}

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

struct MovementStore: Sendable {
  let pool: PostgresPool

  /// Stock and ledger in one statement, hence in one transaction and one round trip. The row lock of the UPDATE
  /// orders movements of one product; CHECK refuses a stock below zero, whatever the application believes.
  private static let register = Statement(
    "movimiento_registrar",
    """
    WITH producto AS (
      UPDATE deposito.productos
      SET stock_actual = stock_actual + CASE $2::text WHEN 'ENTRADA' THEN $3::numeric ELSE -$3::numeric END,
        version = version + 1, updated_at = now()
      WHERE id = $1 AND activo RETURNING *
    ), movimiento AS (
      INSERT INTO deposito.movimientos (producto_id, tipo, cantidad, stock_anterior, stock_resultante, motivo,
        referencia, usuario)
      SELECT id, $2, $3, stock_actual - CASE $2 WHEN 'ENTRADA' THEN $3 ELSE -$3 END, stock_actual, $4, $5, $6
      FROM producto RETURNING *
    )
    SELECT p.*, m.* FROM (SELECT \(Product.columns) FROM producto) AS p, (
      SELECT id AS movimiento_id, tipo, cantidad, stock_anterior, stock_resultante, motivo, referencia, usuario,
        to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS registrado_at FROM movimiento
    ) AS m
    """)

  /// - Throws: 404, 409 `stock_insuficiente`, 503 as a `Problem`.
  func register(_ movement: NewMovement, by user: String) async throws -> (Movement, Product) {
    do {
      let rows = try await pool.query(
        Self.register,
        [
          movement.productID, movement.kind.rawValue, movement.quantity, movement.reason, movement.reference, user,
        ])
      guard let row = rows.first else { throw Problem.notFound("un producto activo con ese identificador") }
      return (try Movement(row), try Product(row))
    } catch let error as PostgresError {
      if error.sqlState == .checkViolation, error.constraint == "productos_stock_no_negativo" {
        throw Problem(.conflict, code: "stock_insuficiente", "El producto no tiene stock suficiente para esa salida.")
      }
      if error.sqlState == SQLState("22003") {
        throw Problem.validation([FieldProblem(field: "cantidad", message: "el stock resultante supera el máximo")])
      }
      throw try Problem.database(error)
    }
  }
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
