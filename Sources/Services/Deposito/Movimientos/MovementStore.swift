import Catalog
import Decimal
import Postgres
import ServiceKit

/// Movements in the database. One round trip each.
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
  func register(_ movement: MovementRequest, by user: String) async throws -> (Movement, Product) {
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
      if error.sqlState == .numericValueOutOfRange {
        throw Problem.validation([FieldProblem(field: "cantidad", message: "el stock resultante supera el máximo")])
      }
      throw try Problem.database(error, writing: true)
    }
  }
}
