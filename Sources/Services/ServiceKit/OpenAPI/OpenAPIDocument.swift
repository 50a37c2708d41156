import Catalog
import HTTPTypes
import JSON
import Topology

/// The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0) of a service, made from the routes that it serves.
package enum OpenAPIDocument {
  package static func make(title: String, routes: [Route], schemas: [String: Schema]) -> JSONValue {
    var paths: [String: [String: JSONValue]] = [:]
    for route in routes {
      paths[route.path, default: [:]][route.method.rawValue.lowercased()] = operation(of: route)
    }
    var components = schemas.mapValues(\.json)
    components["Problema"] = problem.json
    return [
      "openapi": "3.1.0",
      "info": ["title": .string(title), "version": .string(Release.version)],
      "servers": [["url": "."]],
      "paths": .object(paths.mapValues { .object($0) }),
      "components": [
        "schemas": .object(components),
        "securitySchemes": ["token": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"]],
      ],
    ]
  }

  private static let problem = Schema.object(
    [
      "type": "string", "title": "string", "status": "integer", "code": "string", "detail": "string",
      "request_id": "string", "errores": .list(of: .object(["campo": "string", "mensaje": "string"])),
    ], required: ["type", "title", "status", "code", "detail", "request_id"])

  private static func operation(of route: Route) -> JSONValue {
    var fields: [String: JSONValue] = ["summary": .string(route.operation.summary)]
    if !route.operation.parameters.isEmpty {
      fields["parameters"] = .array(route.operation.parameters.map(parameter))
    }
    if let body = route.operation.body {
      let content = route.operation.bodyTypes.map { ($0, JSONValue.object(["schema": body.json])) }
      fields["requestBody"] = ["required": true, "content": .object(Dictionary(content) { $1 })]
    }
    var responses: [String: JSONValue] = [:]
    for answer in route.operation.answers + commonAnswers(of: route) {
      responses[answer.status.labelValue] = response(answer)
    }
    fields["responses"] = .object(responses)
    if case .roles(let roles) = route.access {
      fields["security"] = [["token": []]]
      let names = ([Role.admin] + roles.filter { $0 != .admin }).map(\.rawValue).joined(separator: ", ")
      fields["description"] = .string("Roles: \(names).")
    } else {
      fields["security"] = []
    }
    return .object(fields)
  }

  /// What every route of a kind may answer.
  private static func commonAnswers(of route: Route) -> [Operation.Answer] {
    var answers: [Operation.Answer] = []
    if route.access != .open {
      answers += [
        .problem(.unauthorized, "Falta un token válido."), .problem(.forbidden, "El rol no alcanza."),
        .problem(.serviceUnavailable, "La base de datos no está disponible."),
      ]
    }
    if route.operation.body != nil {
      answers += [
        .problem(.badRequest, "JSON mal formado."), .problem(.contentTooLarge, "Cuerpo demasiado grande."),
        .problem(.unsupportedMediaType, "No es application/json."),
        .problem(.unprocessableContent, "Campos no válidos, uno por entrada."),
      ]
    }
    return answers
  }

  private static func parameter(_ parameter: Operation.Parameter) -> JSONValue {
    [
      "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
      "required": .bool(parameter.isRequired), "schema": parameter.schema.json,
      "description": .string(parameter.description),
    ]
  }

  private static func response(_ answer: Operation.Answer) -> JSONValue {
    var fields: [String: JSONValue] = ["description": .string(answer.description)]
    if let schema = answer.schema {
      let content = answer.mediaTypes.map { ($0, JSONValue.object(["schema": schema.json])) }
      fields["content"] = .object(Dictionary(content) { $1 })
    }
    return .object(fields)
  }
}
