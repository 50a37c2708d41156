import Catalog
import Hummingbird
import ServiceKit

/// `/api/v1/usuarios`: who may log in, and as what. For administrators alone.
struct UserRoutes: Feature {
  let users: UserAdministration

  private static let path = "/api/v1/usuarios"
  private static let name = Operation.Parameter("usuario", in: .path, "string", "Nombre del usuario.")
  private static let noSuchUser = Operation.Answer.problem(.notFound, "No existe ese usuario.")
  private static let lastAdmin = Operation.Answer.problem(
    .conflict, "Es el último administrador activo (ultimo_admin).")

  /// `PATCH` is the same as `PUT`.
  var routes: [Route] { [list, create, get, change(.put), change(.patch), deactivate] }
  let schemas = ["Usuario": User.schema]

  private var list: Route {
    let operation = Operation(
      "Listar usuarios",
      parameters: [
        .init("page", in: .query, "integer", "Página, desde 1."),
        .init("size", in: .query, "integer", "Usuarios por página, hasta \(UserPage.maximumSize)."),
      ],
      [
        .init(
          .ok, "Una página, por nombre.",
          schema: .object([
            "items": .list(of: .reference("Usuario")), "page": "integer", "size": "integer", "total": "integer",
            "pages": "integer",
          ])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, Self.path, access: .roles([.admin]), operation) { request, _ in
      var query = QueryReader(request)
      let page = query.integer("page", in: 1...UserPage.maximumPage, default: 1)
      let size = query.integer("size", in: 1...UserPage.maximumSize, default: 50)
      try query.finish()
      return .json(try await users.page(page, size: size))
    }
  }

  private var create: Route {
    let operation = Operation(
      "Crear un usuario", body: UserDraft.schema,
      [
        .init(.created, "El usuario creado.", schema: .reference("Usuario")),
        .problem(.conflict, "El usuario ya existe (usuario_duplicado)."),
      ])
    return Route(.post, Self.path, access: .roles([.admin]), operation) { request, context in
      var fields = try await JSONCoding.object(of: request, maximumBytes: Route.defaultMaximumBodyBytes)
      let user = try await users.create(UserDraft(reading: &fields), by: Administrator(context))
      return .json(user, status: .created, headers: [.location: "\(Self.path)/\(user.usuario)"])
    }
  }

  private var get: Route {
    let operation = Operation(
      "Leer un usuario", parameters: [Self.name],
      [.init(.ok, "El usuario.", schema: .reference("Usuario")), Self.noSuchUser])
    return Route(.get, "\(Self.path)/{usuario}", access: .roles([.admin]), operation) { _, context in
      guard let user = try await users.user(named: try Self.name(context)) else {
        throw Problem.notFound("ese usuario")
      }
      return .json(user)
    }
  }

  private func change(_ method: HTTPRequest.Method) -> Route {
    let operation = Operation(
      "Cambiar rol, clave o estado de un usuario; sus tokens dejan de valer", parameters: [Self.name],
      body: UserChange.schema,
      [.init(.ok, "El usuario como quedó.", schema: .reference("Usuario")), Self.noSuchUser, Self.lastAdmin])
    return Route(method, "\(Self.path)/{usuario}", access: .roles([.admin]), operation) { request, context in
      var fields = try await JSONCoding.object(of: request, maximumBytes: Route.defaultMaximumBodyBytes)
      let change = try UserChange(reading: &fields)
      return .json(
        try await users.change(try Self.name(context), change, as: "usuario_modificado", by: Administrator(context)))
    }
  }

  private var deactivate: Route {
    let operation = Operation(
      "Dar de baja un usuario; sus tokens dejan de valer", parameters: [Self.name],
      [.init(.noContent, "El usuario está dado de baja."), Self.noSuchUser, Self.lastAdmin])
    return Route(.delete, "\(Self.path)/{usuario}", access: .roles([.admin]), operation) { _, context in
      _ = try await users.change(
        try Self.name(context), UserChange(isActive: false), as: "usuario_desactivado", by: Administrator(context))
      return Response(status: .noContent)
    }
  }

  private static func name(_ context: ServiceContext) throws(Problem) -> String {
    guard let name = context.pathParameter("usuario") else { throw .notFound("ese usuario") }
    return name
  }
}

extension Administrator {
  init(_ context: ServiceContext) {
    self.init(name: context.principal?.name ?? "", requestID: context.requestID)
  }
}
