import Catalog
import Hummingbird
import Postgres
import ServiceKit

/// `/api/v1/conteos`: open a sheet, count, look at the differences, close it.
struct StockTakeRoutes: Feature {
  let pool: PostgresPool
  let writes: Writes
  let metrics: MovementMetrics

  var routes: [Route] { [list, open, get, record, close, cancel] }
  let schemas = ["Conteo": StockTake.schema]

  private struct Answer: Encodable {
    let conteos: [StockTake]
    let total: Int
  }

  private struct Sheet: Encodable {
    let conteo: StockTake
    let lineas: [StockTakeLine]
  }

  private struct Closed: Encodable {
    let conteo: StockTake
    let movimientos: [Movement]
  }

  private static let path: [Operation.Parameter] = [
    .init("id", in: .path, .identifier, "Identificador del conteo.")
  ]
  private static let failures: [Operation.Answer] = [
    .problem(.notFound, "No existe ese conteo."), .problem(.conflict, "Ya terminó (conteo_terminado)."),
  ]
  private static let changed = Operation.Answer(.ok, "El conteo como quedó.", schema: .reference("Conteo"))

  private static let all = Statement(
    "conteos",
    """
    SELECT \(StockTake.columns), count(*) OVER () AS total FROM deposito.conteos AS c
    WHERE $1::text IS NULL OR c.estado = $1 ORDER BY c.id DESC LIMIT $2 OFFSET $3
    """)
  private static let lines = Statement(
    "conteo_lineas",
    """
    SELECT l.producto_id, p.codigo, p.nombre, l.contado, l.esperado, l.contado - l.esperado AS diferencia
    FROM deposito.conteo_lineas AS l JOIN deposito.productos AS p ON p.id = l.producto_id
    WHERE l.conteo_id = $1 ORDER BY abs(l.contado - l.esperado) DESC, p.codigo
    """)

  private var list: Route {
    let states = StockTake.State.allCases.map(\.rawValue)
    let operation = Operation(
      "Listar conteos, del último al primero",
      parameters: [
        .init("estado", in: .query, .oneOf(states), "Sólo los que están así.")
      ] + ListRange.parameters,
      [
        .init(
          .ok, "Una página.", schema: .object(["conteos": .list(of: .reference("Conteo")), "total": "integer"])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, "/api/v1/conteos", access: .roles([.deposito]), operation) { request, _ in
      var query = QueryReader(request)
      let state = query.choice("estado", of: states)
      let page = ListRange(&query)
      try query.finish()
      let rows = try await rows(Self.all, [state, page.size, page.offset])
      return .json(
        Answer(
          conteos: try rows.map { row throws(PostgresError) in try StockTake(row) },
          total: try rows.first?.decode("total") ?? 0))
    }
  }

  private var open: Route {
    let operation = Operation(
      "Abrir un conteo",
      body: .body(["nombre": .text(1...200), "deposito_id": Schema.identifier.nullable], required: ["nombre"]),
      [.init(.created, "El conteo abierto.", schema: .reference("Conteo"))])
    return Route(.post, "/api/v1/conteos", access: .roles([.deposito]), operation) { request, context in
      let write = try await WriteRequest(request, context)
      let sheet = try SheetRequest(write.fields())
      return try await writes.perform(write) { transaction in
        let take = try await StockTakeStore(transaction: transaction).open(
          in: sheet.warehouse, named: sheet.name, by: write.user)
        try await transaction.audit("conteo_abierto", "conteo:\(take.id)", by: write)
        return WriteAnswer(take, status: .created, location: "/api/v1/conteos/\(take.id)")
      }
    }
  }

  private struct SheetRequest: Sendable {
    let name: String
    let warehouse: Int64

    init(_ fields: FieldReader) throws(Problem) {
      var fields = fields
      name = fields.text("nombre", length: 1...200)
      warehouse = fields.optionalIdentifier("deposito_id") ?? Warehouse.defaultID
      try fields.finish()
    }
  }

  private var get: Route {
    let operation = Operation(
      "Leer un conteo y sus líneas, primero las que más difieren", parameters: Self.path,
      [
        .init(
          .ok, "El conteo.",
          schema: .object(["conteo": .reference("Conteo"), "lineas": .list(of: StockTakeLine.schema)])),
        .problem(.notFound, "No existe ese conteo."),
      ])
    return Route(.get, "/api/v1/conteos/{id}", access: .roles([.deposito]), operation) { _, context in
      guard let id = context.identifier, let row = try await rows(StockTakeStore.one, [id]).first else {
        throw Problem.notFound("ese conteo")
      }
      let lines = try await rows(Self.lines, [id])
      return .json(
        Sheet(
          conteo: try StockTake(row), lineas: try lines.map { row throws(PostgresError) in try StockTakeLine(row) }))
    }
  }

  private var record: Route {
    let operation = Operation(
      "Anotar lo que se contó", parameters: Self.path,
      body: .body(
        ["lineas": .list(of: StockTakeCount.schema, count: 1...StockTakeCount.maximumCounts)], required: ["lineas"]),
      [Self.changed] + Self.failures)
    return Route(.put, "/api/v1/conteos/{id}/lineas", access: .roles([.deposito]), operation) { request, context in
      let write = try await WriteRequest(request, context)
      let counts = try Self.counts(in: write)
      guard let id = context.identifier else { throw Problem.notFound("ese conteo") }
      return try await writes.perform(write) { transaction in
        WriteAnswer(try await StockTakeStore(transaction: transaction).record(counts, on: id, by: write.user))
      }
    }
  }

  private static func counts(in write: WriteRequest) throws(Problem) -> [StockTakeCount] {
    var fields = try write.fields()
    let list = fields.objects("lineas", count: 1...StockTakeCount.maximumCounts)
    try fields.finish()
    var counts: [StockTakeCount] = []
    var problems: [FieldProblem] = []
    for (index, item) in list.enumerated() {
      var item = item
      do throws(Problem) {
        counts.append(try StockTakeCount(reading: &item))
      } catch {
        problems += error.fields.map { FieldProblem(field: "lineas[\(index)].\($0.field)", message: $0.message) }
      }
    }
    if Set(counts.map(\.productID)).count < counts.count {
      problems.append(FieldProblem(field: "lineas", message: "un producto está más de una vez"))
    }
    if !problems.isEmpty { throw .validation(problems) }
    return counts
  }

  private var close: Route {
    let operation = Operation(
      "Cerrar un conteo: cada diferencia es un AJUSTE", parameters: Self.path,
      [
        .init(
          .ok, "El conteo cerrado y sus ajustes.",
          schema: .object(["conteo": .reference("Conteo"), "movimientos": .list(of: .reference("Movimiento"))]))
      ] + Self.failures)
    return Route(.post, "/api/v1/conteos/{id}/cerrar", access: .roles([.deposito]), operation) { request, context in
      let write = try await WriteRequest(request, context, hasBody: false)
      guard let id = context.identifier else { throw Problem.notFound("ese conteo") }
      let (answer, movements) = try await writes.perform(write) { transaction in
        let (take, movements) = try await StockTakeStore(transaction: transaction).close(id, by: write.user)
        try await transaction.audit("conteo_cerrado", "conteo:\(id)", by: write)
        return (WriteAnswer(Closed(conteo: take, movimientos: movements)), movements)
      }
      for movement in movements ?? [] { metrics.countRegistered(movement) }
      return answer.response
    }
  }

  private var cancel: Route {
    let operation = Operation(
      "Anular un conteo: no ajusta nada", parameters: Self.path, [Self.changed] + Self.failures)
    return Route(.post, "/api/v1/conteos/{id}/anular", access: .roles([.deposito]), operation) { request, context in
      let write = try await WriteRequest(request, context, hasBody: false)
      guard let id = context.identifier else { throw Problem.notFound("ese conteo") }
      return try await writes.perform(write) { transaction in
        let take = try await StockTakeStore(transaction: transaction).cancel(id, by: write.user)
        try await transaction.audit("conteo_anulado", "conteo:\(id)", by: write)
        return WriteAnswer(take)
      }
    }
  }

  private func rows(_ statement: Statement, _ parameters: [any PostgresEncodable]) async throws -> QueryResult {
    do {
      return try await pool.query(statement, parameters)
    } catch {
      throw try Problem.database(error)
    }
  }
}
