import Catalog
import Hummingbird
import Postgres
import ServiceKit

/// `GET /api/v1/stock/critical`: active products at their minimum or below it.
struct CriticalList: Feature {
  let store: ProductStore

  private struct Page: Encodable {
    let productos: [Product]
    let total: Int
  }

  /// Those that lack most of their minimum come first.
  private static let list = Statement(
    "stock_critico",
    """
    WITH hallados AS (SELECT * FROM deposito.productos WHERE activo AND stock_actual <= stock_minimo),
    pagina AS (
      SELECT \(Product.columns), row_number() OVER (ORDER BY stock_actual - stock_minimo, id) AS posicion FROM hallados
      ORDER BY stock_actual - stock_minimo, id LIMIT $1 OFFSET $2
    )
    SELECT pagina.*, cuenta.total FROM (SELECT count(*) AS total FROM hallados) AS cuenta
      LEFT JOIN pagina ON true ORDER BY posicion
    """)

  var routes: [Route] { [list] }

  private var list: Route {
    let operation = Operation(
      "Listar productos con stock crítico",
      parameters: [
        .init("page", in: .query, "integer", "Página, desde 1."),
        .init("size", in: .query, "integer", "Productos por página, hasta \(ProductQuery.maximumSize)."),
      ],
      [
        .init(
          .ok, "Una página, primero los que más lejos están de su mínimo.",
          schema: .object(["productos": .list(of: .reference("Producto")), "total": "integer"])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, "/api/v1/stock/critical", access: ProductRoutes.readers, operation) { request, _ in
      var query = QueryReader(request)
      let page = query.integer("page", in: 1...ProductQuery.maximumPage, default: 1)
      let size = query.integer("size", in: 1...ProductQuery.maximumSize, default: 50)
      try query.finish()
      let found = try await store.page(Self.list, [size, (page - 1) * size], page, size)
      return .json(Page(productos: found.items, total: found.total))
    }
  }
}
