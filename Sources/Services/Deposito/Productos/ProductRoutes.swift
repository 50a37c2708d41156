import Catalog
import Hummingbird
import ServiceKit

/// Reading products.
struct ProductRoutes: Feature {
  let store: ProductStore

  static let readers = Route.Access.roles([.deposito, .negocio, .mlService])

  var routes: [Route] { [list, search, get, getByCode, getByBarcode, price] }
  let schemas = ["Producto": Product.schema]

  private static let page = Operation.Answer(
    .ok, "Una página.",
    schema: .page(of: .reference("Producto")))
  private static let one: [Operation.Answer] = [
    .init(.ok, "El producto.", schema: .reference("Producto")), .problem(.notFound, "No existe ese producto."),
  ]

  private var list: Route {
    let operation = Operation(
      "Listar productos",
      parameters: ListRange.parameters + [
        .init("categoria", in: .query, "string", "Sólo los de esta categoría."),
        .init("activo", in: .query, "boolean", "Sólo los activos (true) o los dados de baja (false)."),
        .init("q", in: .query, "string", "Texto en el nombre o el código, sin mirar acentos ni mayúsculas."),
        .init("orden", in: .query, .oneOf(ProductQuery.orders), "Campo por el que se ordena; con - al revés."),
      ], [Self.page, .problem(.unprocessableContent, "Un parámetro no es válido.")])
    return Route(.get, "/api/v1/productos", access: Self.readers, operation) { request, _ in
      .json(try await store.page(try ProductQuery(request)))
    }
  }

  private var search: Route {
    let operation = Operation(
      "Buscar productos activos por parecido",
      parameters: ListRange.parameters + [
        .init(
          "q", in: .query, .text(1...200), "Qué se busca; no importan los acentos, las mayúsculas ni una errata.",
          isRequired: true)
      ], [Self.page, .problem(.unprocessableContent, "Un parámetro no es válido.")])
    return Route(.get, "/api/v1/productos/search", access: Self.readers, operation) { request, _ in
      var query = QueryReader(request)
      let page = ListRange(&query)
      let text = query.requiredText("q")
      try query.finish()
      return .json(try await store.search(text, page))
    }
  }

  private var get: Route {
    let operation = Operation(
      "Leer un producto", parameters: [.init("id", in: .path, .identifier, "Identificador del producto.")], Self.one)
    return Route(.get, "/api/v1/productos/{id}", access: Self.readers, operation) { request, context in
      guard let id = context.identifier, let product = try await store.product(id: id)
      else { throw Problem.notFound("ese producto") }
      return .product(product, for: request)
    }
  }

  private var getByCode: Route {
    let operation = Operation(
      "Leer un producto por su código", parameters: [.init("codigo", in: .path, "string", "Código del producto.")],
      Self.one)
    return Route(.get, "/api/v1/productos/codigo/{codigo}", access: Self.readers, operation) { request, context in
      .product(try await withCode(context), for: request)
    }
  }

  private var getByBarcode: Route {
    let operation = Operation(
      "Leer un producto por un código de barras", parameters: [.init("codigo", in: .path, "string", "EAN-13.")],
      Self.one)
    return Route(.get, "/api/v1/productos/barras/{codigo}", access: Self.readers, operation) { request, context in
      guard let code = context.pathParameter("codigo"), let product = try await store.product(barcode: code)
      else { throw Problem.notFound("un producto activo con ese código de barras") }
      return .product(product, for: request)
    }
  }

  private var price: Route {
    let operation = Operation(
      "Leer el precio de un producto por su código",
      parameters: [.init("codigo", in: .path, "string", "Código del producto.")],
      [
        .init(.ok, "Sus precios, en pesos.", schema: ProductPrice.schema),
        .problem(.notFound, "No existe ese producto."),
      ])
    return Route(.get, "/api/v1/productos/codigo/{codigo}/precio", access: Self.readers, operation) { _, context in
      .json(ProductPrice(try await withCode(context)))
    }
  }

  private func withCode(_ context: ServiceContext) async throws -> Product {
    guard let code = context.pathParameter("codigo"), let product = try await store.product(code: code)
    else { throw Problem.notFound("un producto activo con ese código") }
    return product
  }
}

extension Response {
  /// 304 where the client has this version already (RFC 9110 §13.1.2).
  static func product(_ product: Product, for request: Request) -> Response {
    let headers: HTTPFields = [.eTag: product.etag]
    let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
    let isKnown = known.contains { tag in
      let name = tag.filter { $0 != " " }
      return name == "*" || name == product.etag || name == "W/\(product.etag)"
    }
    return isKnown ? Response(status: .notModified, headers: headers) : .json(product, headers: headers)
  }
}

extension ServiceContext {
  /// The path's `{id}`; nil where it is no identifier.
  var identifier: Int64? { pathParameter("id").flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil } }
}

extension ProductQuery {
  /// - Throws: 422 with one entry a bad parameter.
  init(_ request: Request) throws(Problem) {
    var query = QueryReader(request)
    page = ListRange(&query)
    category = query.text("categoria")
    isActive = query.boolean("activo")
    text = query.text("q")
    let order = query.choice("orden", of: Self.orders) ?? Order.codigo.rawValue
    isDescending = order.hasPrefix("-")
    self.order = Order(rawValue: isDescending ? String(order.dropFirst()) : order) ?? .codigo
    try query.finish()
  }
}
