import Catalog
import Decimal
import Hummingbird
import Postgres
import ServiceKit

/// `GET /api/v1/reportes/stock`: what the shop holds, and what it is worth at what it cost.
struct StockReport: Feature {
  let pool: PostgresPool
  let cache: AnswerCache

  private struct Report: Encodable {
    let totalProductos: Int
    let productosActivos: Int
    let productosStockCritico: Int
    let productosSobrestock: Int
    let valorTotalInventario: Money
    let fechaReporte: String

    enum CodingKeys: String, CodingKey {
      case totalProductos = "total_productos"
      case productosActivos = "productos_activos"
      case productosStockCritico = "productos_stock_critico"
      case productosSobrestock = "productos_sobrestock"
      case valorTotalInventario = "valor_total_inventario"
      case fechaReporte = "fecha_reporte"
    }
  }

  /// A product that is in use has a maximum only where it is above 0. The sum is rounded once, at its end.
  private static let report = Statement(
    "reporte_stock",
    """
    SELECT count(*) AS total, count(*) FILTER (WHERE activo) AS activos,
      count(*) FILTER (WHERE activo AND stock_actual <= stock_minimo) AS criticos,
      count(*) FILTER (WHERE activo AND stock_maximo > 0 AND stock_actual > stock_maximo) AS sobrestock,
      COALESCE(round(sum(stock_actual * precio_compra) FILTER (WHERE activo), 2), 0)::numeric(18, 2) AS valor,
      to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS fecha
    FROM deposito.productos
    """)

  var routes: [Route] { [report] }

  private var report: Route {
    let operation = Operation(
      "Resumen del stock",
      [
        .init(
          .ok, "El resumen; el valor es a precio de compra.",
          schema: .object([
            "total_productos": "integer", "productos_activos": "integer", "productos_stock_critico": "integer",
            "productos_sobrestock": "integer", "valor_total_inventario": .number(decimals: Cents.digits, minimum: 0),
            "fecha_reporte": .instant,
          ]))
      ])
    return Route(.get, "/api/v1/reportes/stock", access: ProductRoutes.readers, operation) { _, _ in
      try await cache.response("stock") { try await current() }
    }
  }

  private func current() async throws -> Report {
    do {
      guard let row = try await pool.query(Self.report).first else { throw Problem.internalError }
      return Report(
        totalProductos: try row.decode("total"), productosActivos: try row.decode("activos"),
        productosStockCritico: try row.decode("criticos"), productosSobrestock: try row.decode("sobrestock"),
        valorTotalInventario: try row.decode("valor"), fechaReporte: try row.decode("fecha"))
    } catch let error as PostgresError {
      throw try Problem.database(error)
    }
  }
}
