import Postgres
import ServiceKit

/// A page of products.
struct ProductPage: Encodable, Sendable {
  let items: [Product]
  let page: Int
  let size: Int
  let total: Int
  let pages: Int
}

/// Which products, in which order.
struct ProductQuery: Sendable {
  static let maximumSize = 200
  static let maximumPage = 1_000_000

  /// What clients may sort by; a minus in front turns the order around.
  enum Order: String, CaseIterable, Sendable {
    case codigo, nombre, categoria
    case stock = "stock_actual"
    case created = "created_at"
  }

  let page: Int
  let size: Int
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
              AND ($3::text IS NULL OR nombre ILIKE $3 OR codigo ILIKE $3)
          ), pagina AS (
            SELECT \(Product.columns), row_number() OVER (ORDER BY \(column), id) AS posicion FROM hallados
            ORDER BY \(column), id LIMIT $4 OFFSET $5
          )
          SELECT pagina.*, cuenta.total FROM (SELECT count(*) AS total FROM hallados) AS cuenta
            LEFT JOIN pagina ON true ORDER BY posicion
          """)
      )
    })

  func page(_ query: ProductQuery) async throws -> ProductPage {
    let key = (query.isDescending ? "-" : "") + query.order.rawValue
    guard let statement = Self.lists[key] else { throw Problem.internalError }
    let pattern = query.text.map { "%\(Self.escapedForLike($0))%" }
    do {
      let rows = try await pool.query(
        statement, [query.category, query.isActive, pattern, query.size, (query.page - 1) * query.size])
      let total: Int = try rows.first?.decode("total") ?? 0
      var items: [Product] = []
      for row in rows where try row.decode("id", as: Int64?.self) != nil { items.append(try Product(row)) }
      return ProductPage(
        items: items, page: query.page, size: query.size, total: total, pages: (total + query.size - 1) / query.size)
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
