import Catalog
import Decimal
import Postgres
import ServiceKit

/// Products in the database. One round trip each.
struct ProductStore: Sendable {
  let pool: PostgresPool

  /// The opening stock is a movement like any other: the sum of the ledger is the stock from the first row on.
  private static let create = Statement(
    "producto_crear",
    """
    WITH nuevo AS (
      INSERT INTO deposito.productos (codigo, nombre, descripcion, categoria, codigo_barras, precio_compra,
        precio_venta, stock_actual, stock_minimo, stock_maximo, ubicacion)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *
    ), apertura AS (
      INSERT INTO deposito.movimientos (producto_id, tipo, cantidad, stock_anterior, stock_resultante, motivo, usuario)
      SELECT id, 'ENTRADA', stock_actual, 0, stock_actual, 'stock inicial', $12 FROM nuevo WHERE stock_actual > 0
    )
    SELECT \(Product.columns) FROM nuevo
    """)
  private static let byID = Statement(
    "producto_por_id", "SELECT \(Product.columns) FROM deposito.productos WHERE id = $1")
  private static let byCode = Statement(
    "producto_por_codigo", "SELECT \(Product.columns) FROM deposito.productos WHERE codigo = $1 AND activo")

  func create(_ product: ProductDraft, by user: String) async throws -> Product {
    let rows: QueryResult
    do {
      rows = try await pool.query(
        Self.create,
        [
          product.codigo, product.nombre, product.descripcion, product.categoria, product.codigoBarras,
          product.precioCompra, product.precioVenta, product.stockActual, product.stockMinimo, product.stockMaximo,
          product.ubicacion, user,
        ])
    } catch  where error.sqlState == .uniqueViolation && error.constraint == "productos_codigo_unico" {
      throw Problem(
        .conflict, code: "codigo_duplicado", "Ya existe un producto activo con el código \(product.codigo).")
    } catch {
      throw try Problem.database(error, writing: true)
    }
    guard let row = rows.first else { throw Problem.internalError }
    return try Product(row)
  }

  func product(id: Int64) async throws -> Product? { try await one(Self.byID, id) }

  func product(code: String) async throws -> Product? { try await one(Self.byCode, code) }

  private func one(_ statement: Statement, _ key: any PostgresEncodable) async throws -> Product? {
    do {
      return try await pool.query(statement, [key]).first.map { row throws(PostgresError) in try Product(row) }
    } catch {
      throw try Problem.database(error)
    }
  }
}
