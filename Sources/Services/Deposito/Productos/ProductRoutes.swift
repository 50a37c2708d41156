import Catalog
import Decimal
import Hummingbird
import ServiceKit

/// Creating and reading products.
struct ProductRoutes: Feature {
  let store: ProductStore
  let movements: MovementMetrics

  private static let readers = Route.Access.roles([.deposito, .negocio, .mlService])
  private static let creators = Route.Access.roles([.deposito, .negocio])

  var routes: [Route] { [create, list, get, getByCode] }
  let schemas = ["Producto": Product.schema]

  private var create: Route {
    let operation = Operation(
      "Crear un producto", body: ProductDraft.schema,
      [
        .init(.created, "El producto creado.", schema: .reference("Producto")),
        .problem(.conflict, "El código ya existe (codigo_duplicado)."),
      ])
    return Route(.post, "/api/v1/productos", access: Self.creators, operation) { request, context in
      var fields = try await JSONCoding.object(of: request, maximumBytes: Route.defaultMaximumBodyBytes)
      let product = try await store.create(ProductDraft(reading: &fields), by: context.principal?.name ?? "")
      if product.stockActual > .zero { movements.countRegistered(.entrada, product.stockActual) }
      return .json(product, status: .created, headers: [.location: "/api/v1/productos/\(product.id)"])
    }
  }

  private var list: Route {
    let operation = Operation(
      "Listar productos",
      parameters: [
        .init("page", in: .query, "integer", "Página, desde 1."),
        .init("size", in: .query, "integer", "Productos por página, hasta \(ProductQuery.maximumSize)."),
        .init("categoria", in: .query, "string", "Sólo los de esta categoría."),
        .init("activo", in: .query, "boolean", "Sólo los activos (true) o los dados de baja (false)."),
        .init("q", in: .query, "string", "Texto en el nombre o el código."),
        .init("orden", in: .query, .oneOf(ProductQuery.orders), "Campo por el que se ordena; con - al revés."),
      ],
      [
        .init(
          .ok, "Una página.",
          schema: .object([
            "items": .list(of: .reference("Producto")), "page": "integer", "size": "integer", "total": "integer",
            "pages": "integer",
          ])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, "/api/v1/productos", access: Self.readers, operation) { request, _ in
      .json(try await store.page(try ProductQuery(request)))
    }
  }

  private var get: Route {
    let operation = Operation(
      "Leer un producto", parameters: [.init("id", in: .path, .identifier, "Identificador del producto.")],
      [
        .init(.ok, "El producto.", schema: .reference("Producto")),
        .problem(.notFound, "No existe ese producto."),
      ])
    return Route(.get, "/api/v1/productos/{id}", access: Self.readers, operation) { _, context in
      guard let id = context.pathParameter("id").flatMap({ Int64($0) }), let product = try await store.product(id: id)
      else { throw Problem.notFound("ese producto") }
      return .json(product)
    }
  }

  private var getByCode: Route {
    let operation = Operation(
      "Leer un producto por su código", parameters: [.init("codigo", in: .path, "string", "Código del producto.")],
      [
        .init(.ok, "El producto.", schema: .reference("Producto")),
        .problem(.notFound, "No existe un producto activo con ese código."),
      ])
    return Route(.get, "/api/v1/productos/codigo/{codigo}", access: Self.readers, operation) { _, context in
      guard let code = context.pathParameter("codigo"),
        let product = try await store.product(code: code)
      else { throw Problem.notFound("un producto activo con ese código") }
      return .json(product)
    }
  }
}

extension ProductQuery {
  /// - Throws: 422 with one entry a bad parameter.
  init(_ request: Request) throws(Problem) {
    var query = QueryReader(request)
    page = query.integer("page", in: 1...Self.maximumPage, default: 1)
    size = query.integer("size", in: 1...Self.maximumSize, default: 50)
    category = query.text("categoria")
    isActive = query.boolean("activo")
    text = query.text("q")
    let order = query.choice("orden", of: Self.orders) ?? Order.codigo.rawValue
    isDescending = order.hasPrefix("-")
    self.order = Order(rawValue: isDescending ? String(order.dropFirst()) : order) ?? .codigo
    try query.finish()
  }
}
