import Postgres
import ServiceKit

/// Which products, in which order.
struct ProductQuery: Sendable {
  /// What clients may sort by; a minus in front turns the order around.
  enum Order: String, CaseIterable, Sendable {
    case codigo, nombre, categoria
    case stock = "stock_actual"
    case created = "created_at"
  }

  let page: ListRange
  let category: String?
  let isActive: Bool?
  let text: String?
  let order: Order
  let isDescending: Bool

  static let orders = Order.allCases.flatMap { [$0.rawValue, "-\($0.rawValue)"] }
}

extension ProductStore {
  /// One statement an order, since an order cannot be a parameter. The total comes with the page, and alone where
  /// the page is past the end.
  private static let lists: [String: Statement] = Dictionary(
    uniqueKeysWithValues: ProductQuery.orders.map { order in
      let column = order.hasPrefix("-") ? "\(order.dropFirst()) DESC" : order
      return (
        order,
        Statement(
          "productos_lista",
          """
          WITH hallados AS (
            SELECT * FROM deposito.productos
            WHERE ($1::text IS NULL OR categoria = $1) AND ($2::boolean IS NULL OR activo = $2)
              AND ($3::text IS NULL OR deposito.sin_acentos(nombre || ' ' || codigo) LIKE deposito.sin_acentos($3))
          ), pagina AS (
            SELECT \(Product.columns), row_number() OVER (ORDER BY \(column), id) AS posicion FROM hallados
            ORDER BY \(column), id LIMIT $4 OFFSET $5
          )
          SELECT pagina.*, cuenta.total FROM (SELECT count(*) AS total FROM hallados) AS cuenta
            LEFT JOIN pagina ON true ORDER BY posicion
          """)
      )
    })

  func page(_ query: ProductQuery) async throws -> ListPage<Product> {
    let key = (query.isDescending ? "-" : "") + query.order.rawValue
    guard let statement = Self.lists[key] else { throw Problem.internalError }
    let pattern = query.text.map { "%\(Self.escapedForLike($0))%" }
    let (products, total) = try await page(
      statement, [query.category, query.isActive, pattern, query.page.size, query.page.offset])
    return ListPage(products, of: query.page, total: total)
  }

  /// A part of a name or a code finds it, and so does one that is misspelt; the likest come first.
  private static let search = Statement(
    "productos_buscar",
    """
    WITH hallados AS (
      SELECT *, deposito.word_similarity(deposito.sin_acentos($1), deposito.sin_acentos(nombre || ' ' || codigo)) AS
        parecido
      FROM deposito.productos
      WHERE activo AND (deposito.sin_acentos(nombre || ' ' || codigo) LIKE deposito.sin_acentos($2)
        OR deposito.sin_acentos($1) OPERATOR(deposito.<%) deposito.sin_acentos(nombre || ' ' || codigo))
    ), pagina AS (
      SELECT \(Product.columns), row_number() OVER (ORDER BY parecido DESC, nombre, id) AS posicion FROM hallados
      ORDER BY parecido DESC, nombre, id LIMIT $3 OFFSET $4
    )
    SELECT pagina.*, cuenta.total FROM (SELECT count(*) AS total FROM hallados) AS cuenta
      LEFT JOIN pagina ON true ORDER BY posicion
    """)

  func search(_ text: String, _ page: ListRange) async throws -> ListPage<Product> {
    let (products, total) = try await self.page(
      Self.search, [text, "%\(Self.escapedForLike(text))%", page.size, page.offset])
    return ListPage(products, of: page, total: total)
  }

  /// - Parameter statement: gives `total` with each row, and a row without a product where the page is past the end.
  func page(
    _ statement: Statement, _ parameters: [any PostgresEncodable]
  ) async throws -> (products: [Product], total: Int) {
    do {
      let rows = try await pool.query(statement, parameters)
      var products: [Product] = []
      for row in rows where try row.decode("id", as: Int64?.self) != nil { products.append(try Product(row)) }
      return (products, try rows.first?.decode("total") ?? 0)
    } catch {
      throw try Problem.database(error)
    }
  }

  /// What a client types is text, never a pattern.
  private static func escapedForLike(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "\\%_".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
