import Catalog
import Hummingbird
import Postgres
import ServiceKit

/// `GET` and `POST /api/v1/depositos`.
struct WarehouseRoutes: Feature {
  let pool: PostgresPool
  let writes: Writes

  private struct Answer: Encodable {
    let depositos: [Warehouse]
    let total: Int
  }

  var routes: [Route] { [list, create] }
  let schemas = ["Deposito": Warehouse.schema]

  private static let all = Statement(
    "depositos", "SELECT \(Warehouse.columns) FROM deposito.depositos ORDER BY id")
  private static let insert = Statement(
    "deposito_crear", "INSERT INTO deposito.depositos (codigo, nombre) VALUES ($1, $2) RETURNING \(Warehouse.columns)")

  private var list: Route {
    let operation = Operation(
      "Listar depósitos",
      [
        .init(
          .ok, "Todos, en el orden en que se crearon.",
          schema: .object(["depositos": .list(of: .reference("Deposito")), "total": "integer"]))
      ])
    return Route(.get, "/api/v1/depositos", access: ProductRoutes.readers, operation) { _, _ in
      let all = try await all()
      return .json(Answer(depositos: all, total: all.count))
    }
  }

  private func all() async throws -> [Warehouse] {
    do {
      return try await pool.query(Self.all).map { row throws(PostgresError) in try Warehouse(row) }
    } catch {
      throw try Problem.database(error)
    }
  }

  private var create: Route {
    let operation = Operation(
      "Crear un depósito",
      body: WarehouseDraft.schema,
      [
        .init(.created, "El depósito creado.", schema: .reference("Deposito")),
        .problem(.conflict, "El código ya existe (codigo_duplicado)."),
      ])
    return Route(.post, "/api/v1/depositos", access: .roles([.deposito]), operation) { request, context in
      let write = try await WriteRequest(request, context)
      var fields = try write.fields()
      let draft = try WarehouseDraft(reading: &fields)
      return try await writes.perform(write) { transaction in
        let warehouse = try await Self.create(draft, in: transaction)
        try await transaction.audit("deposito_creado", "deposito:\(warehouse.id)", by: write)
        return WriteAnswer(warehouse, status: .created, location: "/api/v1/depositos/\(warehouse.id)")
      }
    }
  }

  private static func create(_ draft: WarehouseDraft, in transaction: Transaction) async throws -> Warehouse {
    let rows: QueryResult
    do {
      rows = try await transaction.query(insert, [draft.codigo, draft.nombre])
    } catch {
      guard error.sqlState == .uniqueViolation else { throw error }
      throw Problem(.conflict, code: "codigo_duplicado", "Ya existe un depósito con el código \(draft.codigo).")
    }
    guard let row = rows.first else { throw Problem.internalError }
    return try Warehouse(row)
  }
}

/// What a client sends to create a warehouse.
private struct WarehouseDraft: Sendable {
  let codigo: String
  let nombre: String

  init(reading fields: inout FieldReader) throws(Problem) {
    codigo = fields.text("codigo", length: 1...64)
    nombre = fields.text("nombre", length: 1...200)
    try fields.finish()
  }

  static let schema = Schema.body(
    ["codigo": .text(1...64), "nombre": .text(1...200)], required: ["codigo", "nombre"])
}
