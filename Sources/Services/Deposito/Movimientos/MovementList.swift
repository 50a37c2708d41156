import Catalog
import Hummingbird
import Postgres
import ServiceKit

/// `GET /api/v1/stock/movements`: the ledger, newest first, page by page with a cursor.
struct MovementList: Feature {
  static let maximumLimit = 200

  let pool: PostgresPool

  private struct Page: Encodable {
    let movimientos: [Movement]
    let total: Int
    let nextCursor: String?

    enum CodingKeys: String, CodingKey {
      case movimientos, total
      case nextCursor = "next_cursor"
    }
  }

  /// The total is of the filter, without the cursor.
  private static let list = Statement(
    "movimientos_lista",
    """
    WITH hallados AS (
      SELECT * FROM deposito.movimientos
      WHERE ($1::bigint IS NULL OR producto_id = $1) AND ($2::text IS NULL OR tipo = $2)
        AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at < $4)
        AND ($7::bigint IS NULL OR deposito_id = $7 OR deposito_destino_id = $7)
    )
    SELECT pagina.*, cuenta.total FROM (SELECT count(*) AS total FROM hallados) AS cuenta
      LEFT JOIN (
        SELECT \(Movement.columns) FROM hallados WHERE $5::bigint IS NULL OR id < $5 ORDER BY id DESC LIMIT $6
      ) AS pagina ON true ORDER BY id DESC
    """)

  var routes: [Route] { [list] }

  private var list: Route {
    let operation = Operation(
      "Listar movimientos, del último al primero",
      parameters: [
        .init("producto_id", in: .query, .identifier, "Sólo los de ese producto."),
        .init("deposito_id", in: .query, .identifier, "Sólo los de ese depósito."),
        .init("tipo", in: .query, .oneOf(MovementKind.allCases.map(\.rawValue)), "Sólo los de ese tipo."),
        .init("desde", in: .query, .instant, "Desde ese instante o ese día, incluido."),
        .init("hasta", in: .query, .instant, "Hasta ese instante o ese día, sin incluirlo."),
        .init("cursor", in: .query, "string", "El next_cursor de la página anterior."),
        .init("limit", in: .query, .integer(1...Self.maximumLimit), "Cuántos por página."),
      ],
      [
        .init(
          .ok, "Una página; next_cursor es null en la última.",
          schema: .object(
            [
              "movimientos": .list(of: .reference("Movimiento")), "total": "integer",
              "next_cursor": Schema("string").nullable,
            ], required: ["movimientos", "total"])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, "/api/v1/stock/movements", access: ProductRoutes.readers, operation) { request, _ in
      var query = QueryReader(request)
      let product = query.identifier("producto_id")
      let warehouse = query.identifier("deposito_id")
      let kind = query.choice("tipo", of: MovementKind.allCases.map(\.rawValue))
      let (from, until) = (query.instant("desde"), query.instant("hasta"))
      let cursor = query.identifier("cursor")
      let limit = query.integer("limit", in: 1...Self.maximumLimit, default: 50)
      try query.finish()
      return .json(try await page([product, kind, from, until, cursor, limit + 1, warehouse], limit: limit))
    }
  }

  private func page(_ parameters: [any PostgresEncodable], limit: Int) async throws -> Page {
    do {
      let rows = try await pool.query(Self.list, parameters)
      var movements: [Movement] = []
      for row in rows.prefix(limit) where try row.decode("id", as: Int64?.self) != nil {
        movements.append(try Movement(row))
      }
      return Page(
        movimientos: movements, total: try rows.first?.decode("total") ?? 0,
        nextCursor: rows.count > limit ? movements.last.map { String($0.id) } : nil)
    } catch {
      throw try Problem.database(error)
    }
  }
}
