import Catalog
import Hummingbird
import JSON
import ServiceKit

/// `GET /api/v1/auditoria`: who did what, the newest first.
struct AuditRoute: Feature {
  static let maximumLimit = 200

  let log: AuditLog

  private struct Answer: Encodable {
    let registros: [AuditRecord]
    /// `null` at the end.
    let nextCursor: JSONValue

    enum CodingKeys: String, CodingKey {
      case registros
      case nextCursor = "next_cursor"
    }
  }

  var routes: [Route] { [list] }
  let schemas = ["RegistroDeAuditoria": AuditRecord.schema]

  private var list: Route {
    let operation = Operation(
      "Leer la auditoría, de lo más nuevo a lo más viejo",
      parameters: [
        .init("objeto", in: .query, "string", "Sólo lo que se hizo con este objeto, por ejemplo usuario:ana."),
        .init("cursor", in: .query, "string", "El next_cursor de la página anterior."),
        .init("limit", in: .query, .integer(1...Self.maximumLimit), "Cuántos por página."),
      ],
      [
        .init(
          .ok, "Una página; next_cursor es null en la última.",
          schema: .object([
            "registros": .list(of: .reference("RegistroDeAuditoria")), "next_cursor": Schema("string").nullable,
          ])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, "/api/v1/auditoria", access: .roles([.admin]), operation) { request, _ in
      var query = QueryReader(request)
      let object = query.text("objeto")
      let cursor = query.integer("cursor", in: 1...Int.max, default: Int.max)
      let limit = query.integer("limit", in: 1...Self.maximumLimit, default: 50)
      try query.finish()
      // One more than asked for tells whether there is another page.
      let found = try await log.records(of: object, before: Int64(cursor), limit: limit + 1)
      let page = Array(found.prefix(limit))
      let next: JSONValue = found.count > limit ? page.last.map { .string(String($0.id)) } ?? .null : .null
      return .json(Answer(registros: page, nextCursor: next))
    }
  }
}
