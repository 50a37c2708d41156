import Catalog
import Decimal
import Hummingbird
import Postgres
import ServiceKit

/// `GET /api/v1/reportes/top-movimientos`: what moves most.
struct TopMovements: Feature {
  static let maximumLimit = 100
  static let maximumDays = 365

  let pool: PostgresPool
  let cache: AnswerCache

  private struct Entry: Encodable {
    let productoID: Int64
    let codigo: String
    let nombre: String
    let movimientos: Int
    let unidadesEntrada: Quantity
    let unidadesSalida: Quantity

    enum CodingKeys: String, CodingKey {
      case codigo, nombre, movimientos
      case productoID = "producto_id"
      case unidadesEntrada = "unidades_entrada"
      case unidadesSalida = "unidades_salida"
    }
  }

  private struct Report: Encodable {
    let dias: Int
    let productos: [Entry]
  }

  private static let top = Statement(
    "reporte_top_movimientos",
    """
    SELECT p.id, p.codigo, p.nombre, m.cuantos, m.entradas::numeric(18, 3) AS entradas,
      m.salidas::numeric(18, 3) AS salidas
    FROM (
      SELECT producto_id, count(*) AS cuantos,
        COALESCE(sum(stock_resultante - stock_anterior) FILTER (WHERE stock_resultante > stock_anterior), 0) AS entradas,
        COALESCE(sum(stock_anterior - stock_resultante) FILTER (WHERE stock_resultante < stock_anterior), 0) AS salidas
      FROM deposito.movimientos WHERE created_at >= now() - make_interval(days => $2)
      GROUP BY producto_id ORDER BY count(*) DESC, producto_id LIMIT $1
    ) AS m JOIN deposito.productos AS p ON p.id = m.producto_id ORDER BY m.cuantos DESC, p.id
    """)

  var routes: [Route] { [report] }

  private var report: Route {
    let operation = Operation(
      "Los productos con más movimientos",
      parameters: [
        .init("limit", in: .query, .integer(1...Self.maximumLimit), "Cuántos productos; si no, 10."),
        .init("dias", in: .query, .integer(1...Self.maximumDays), "De los últimos tantos días; si no, 30."),
      ],
      [
        .init(
          .ok, "Del que más movimientos tiene al que menos.",
          schema: .object([
            "dias": "integer",
            "productos": .list(
              of: .object([
                "producto_id": .identifier, "codigo": "string", "nombre": "string", "movimientos": "integer",
                "unidades_entrada": .number(decimals: Thousandths.digits, minimum: 0),
                "unidades_salida": .number(decimals: Thousandths.digits, minimum: 0),
              ])),
          ])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, "/api/v1/reportes/top-movimientos", access: ProductRoutes.readers, operation) { request, _ in
      var query = QueryReader(request)
      let limit = query.integer("limit", in: 1...Self.maximumLimit, default: 10)
      let days = query.integer("dias", in: 1...Self.maximumDays, default: 30)
      try query.finish()
      return try await cache.response("top-movimientos:\(limit):\(days)") {
        Report(dias: days, productos: try await entries(limit, days))
      }
    }
  }

  private func entries(_ limit: Int, _ days: Int) async throws -> [Entry] {
    do {
      return try await pool.query(Self.top, [limit, Int32(days)]).map { row throws(PostgresError) in
        Entry(
          productoID: try row.decode("id"), codigo: try row.decode("codigo"), nombre: try row.decode("nombre"),
          movimientos: try row.decode("cuantos"), unidadesEntrada: try row.decode("entradas"),
          unidadesSalida: try row.decode("salidas"))
      }
    } catch {
      throw try Problem.database(error)
    }
  }
}
