import Catalog
import Hummingbird
import JSON
import ServiceKit

/// Creating, changing and removing products.
struct ProductWriteRoutes: Feature {
  let writes: Writes
  let movements: MovementMetrics

  var routes: [Route] { [create, change(.put), change(.patch), remove] }

  private static let stale = Operation.Answer.problem(
    .preconditionFailed, "El producto ya no tiene la versión de If-Match.")
  private static let missing = Operation.Answer.problem(
    .notFound, "No existe un producto activo con ese identificador.")
  private static let parameters: [Operation.Parameter] = [
    .init("id", in: .path, .identifier, "Identificador del producto."),
    .init("If-Match", in: .header, "string", "La versión que se leyó, como la da ETag. Es optativo."),
  ]

  private var create: Route {
    let operation = Operation(
      "Crear un producto", body: ProductDraft.schema,
      [
        .init(.created, "El producto creado.", schema: .reference("Producto")),
        .problem(.conflict, "El código ya existe (codigo_duplicado)."),
      ])
    return Route(.post, "/api/v1/productos", access: .roles([.deposito, .negocio]), operation) { request, context in
      let write = try await WriteRequest(request, context)
      var fields = try write.fields()
      let draft = try ProductDraft(reading: &fields)
      let (answer, opening) = try await writes.perform(write) { transaction in
        let (product, opening) = try await ProductWriter(transaction: transaction).create(draft, by: write.user)
        try await transaction.audit("producto_creado", "producto:\(product.id)", by: write)
        let location = "/api/v1/productos/\(product.id)"
        return (WriteAnswer(product, status: .created, location: location, etag: product.etag), opening)
      }
      if let opening = opening ?? nil { movements.countRegistered(opening) }
      return answer.response
    }
  }

  /// PUT changes what it names, and PATCH does the same.
  private func change(_ method: HTTPRequest.Method) -> Route {
    let operation = Operation(
      "Cambiar lo que se nombra de un producto", parameters: Self.parameters, body: ProductChange.schema,
      [
        .init(.ok, "El producto como quedó.", schema: .reference("Producto")), Self.missing, Self.stale,
        .problem(.conflict, "El código ya existe (codigo_duplicado)."),
      ])
    return Route(method, "/api/v1/productos/{id}", access: .roles([.deposito]), operation) { request, context in
      let write = try await WriteRequest(request, context)
      var fields = try write.fields()
      let change = try ProductChange(reading: &fields)
      guard let id = context.identifier else { throw Problem.notFound("un producto activo con ese identificador") }
      let versions = try request.matchedVersions()
      return try await writes.perform(write) { transaction in
        let product = try await ProductWriter(transaction: transaction).change(id, change, versions: versions)
        try await transaction.audit(
          "producto_cambiado", "producto:\(id)", ["version": .number(JSONNumber(product.version))], by: write)
        return WriteAnswer(product, etag: product.etag)
      }
    }
  }

  private var remove: Route {
    let operation = Operation(
      "Dar de baja un producto sin stock", parameters: Self.parameters,
      [
        .init(.noContent, "Quedó de baja; su código queda libre."), Self.missing, Self.stale,
        .problem(.conflict, "Todavía tiene stock (producto_con_stock)."),
      ])
    return Route(.delete, "/api/v1/productos/{id}", access: .roles([]), operation) { request, context in
      let write = try await WriteRequest(request, context, hasBody: false)
      guard let id = context.identifier else { throw Problem.notFound("un producto activo con ese identificador") }
      let versions = try request.matchedVersions()
      return try await writes.perform(write) { transaction in
        try await ProductWriter(transaction: transaction).remove(id, versions: versions)
        try await transaction.audit("producto_dado_de_baja", "producto:\(id)", by: write)
        return WriteAnswer(status: 204, body: "")
      }
    }
  }
}

extension Request {
  /// The versions of `If-Match` (RFC 9110 §13.1.1); nil where any will do. A weak tag matches nothing.
  func matchedVersions() throws(Problem) -> [Int64]? {
    let tags = headers[values: .ifMatch].flatMap { $0.split(separator: ",") }
      .map { tag in tag.drop { $0 == " " } }.map { tag in String(tag.reversed().drop { $0 == " " }.reversed()) }
    if tags.isEmpty || tags == ["*"] { return nil }
    return tags.compactMap { tag in
      guard tag.count > 2, tag.hasPrefix("\""), tag.hasSuffix("\"") else { return nil }
      return Int64(tag.dropFirst().dropLast())
    }
  }
}
