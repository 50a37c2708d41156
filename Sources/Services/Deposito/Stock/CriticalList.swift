import Catalog
import Hummingbird
import Postgres
import ServiceKit

/// `GET /api/v1/stock/critical`: active products at their minimum or below it.
struct CriticalList: Feature {
  let store: ProductStore
  let cache: AnswerCache

  private struct Answer: Encodable {
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
      parameters: ListRange.parameters,
      [
        .init(
          .ok, "Una página, primero los que más lejos están de su mínimo.",
          schema: .object(["productos": .list(of: .reference("Producto")), "total": "integer"])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, "/api/v1/stock/critical", access: ProductRoutes.readers, operation) { request, _ in
      var query = QueryReader(request)
      let page = ListRange(&query)
      try query.finish()
      return try await cache.response("critico:\(page.page):\(page.size)") {
        let (products, total) = try await store.page(Self.list, [page.size, page.offset])
        return Answer(productos: products, total: total)
      }
    }
  }
}
