import Catalog
import Hummingbird
import ServiceKit

/// `/api/v1/usuarios`: who may log in, and as what. For administrators alone.
struct UserRoutes: Feature {
  let users: UserAdministration
  let seal: BodySeal

  static let path = "/api/v1/usuarios"
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
      parameters: ListRange.parameters,
      [
        .init(
          .ok, "Una página, por nombre.",
          schema: .page(of: .reference("Usuario"))),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, Self.path, access: .roles([.admin]), operation) { request, _ in
      var query = QueryReader(request)
      let page = ListRange(&query)
      try query.finish()
      return .json(try await users.page(page))
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
      let write = try await WriteRequest(request, context, seal: seal)
      var fields = try write.fields()
      return try await users.create(UserDraft(reading: &fields), by: write)
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
      let write = try await WriteRequest(request, context, seal: seal)
      var fields = try write.fields()
      return try await users.change(
        try Self.name(context), UserChange(reading: &fields), as: "usuario_modificado", by: write
      ) { WriteAnswer($0) }
    }
  }

  private var deactivate: Route {
    let operation = Operation(
      "Dar de baja un usuario; sus tokens dejan de valer", parameters: [Self.name],
      [.init(.noContent, "El usuario está dado de baja."), Self.noSuchUser, Self.lastAdmin])
    return Route(.delete, "\(Self.path)/{usuario}", access: .roles([.admin]), operation) { request, context in
      try await users.change(
        try Self.name(context), UserChange(isActive: false), as: "usuario_desactivado",
        by: WriteRequest(request, context, hasBody: false)
      ) { _ in WriteAnswer(status: 204, body: "") }
    }
  }

  private static func name(_ context: ServiceContext) throws(Problem) -> String {
    guard let name = context.pathParameter("usuario") else { throw .notFound("ese usuario") }
    return name
  }
}
