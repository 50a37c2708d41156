import Postgres
import ServiceKit

/// Products in the database.
struct ProductStore: Sendable {
  let pool: PostgresPool

  private static let byID = Statement(
    "producto_por_id", "SELECT \(Product.columns) FROM deposito.productos WHERE id = $1")
  private static let byCode = Statement(
    "producto_por_codigo", "SELECT \(Product.columns) FROM deposito.productos WHERE codigo = $1 AND activo")
  private static let byBarcode = Statement(
    "producto_por_barras",
    """
    SELECT \(Product.columns) FROM deposito.productos
    WHERE id = (SELECT producto_id FROM deposito.codigos_barras WHERE codigo = $1)
    """)

  func product(id: Int64) async throws -> Product? { try await one(Self.byID, id) }
  func product(code: String) async throws -> Product? { try await one(Self.byCode, code) }
  func product(barcode: String) async throws -> Product? { try await one(Self.byBarcode, barcode) }

  private func one(_ statement: Statement, _ key: any PostgresEncodable) async throws -> Product? {
    do {
      return try await pool.query(statement, [key]).first.map { row throws(PostgresError) in try Product(row) }
    } catch {
      throw try Problem.database(error)
    }
  }
}
