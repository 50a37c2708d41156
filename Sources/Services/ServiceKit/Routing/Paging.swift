import JSON

/// Which part of a list a client asks for: `page` and `size` of the query string.
package struct ListRange: Sendable {
  package static let pages = 1...1_000_000
  package static let sizes = 1...200
  static let usualSize = 50

  package let page: Int
  package let size: Int

  package init(_ query: inout QueryReader) {
    page = query.integer("page", in: Self.pages, default: 1)
    size = query.integer("size", in: Self.sizes, default: Self.usualSize)
  }

  /// Of the rows before the page.
  package var offset: Int { (page - 1) * size }

  package static let parameters: [Operation.Parameter] = [
    .init("page", in: .query, .integer(pages), "Página, desde 1."),
    .init("size", in: .query, .integer(sizes), "Cuántos por página; si no, \(usualSize)."),
  ]
}

/// A part of a list, and how long the whole is.
package struct ListPage<Item: Encodable & Sendable>: Encodable, Sendable {
  let items: [Item]
  let page: Int
  let size: Int
  package let total: Int
  let pages: Int

  package init(_ items: [Item], of request: ListRange, total: Int) {
    self.items = items
    page = request.page
    size = request.size
    self.total = total
    pages = (total + request.size - 1) / request.size
  }
}

extension Schema {
  package static func page(of item: Schema) -> Schema {
    .object(["items": .list(of: item), "page": "integer", "size": "integer", "total": "integer", "pages": "integer"])
  }

  package static func integer(_ range: ClosedRange<Int>) -> Schema {
    Schema([
      "type": "integer", "minimum": .number(.init(range.lowerBound)), "maximum": .number(.init(range.upperBound)),
    ])
  }
}
