import Catalog
import Hummingbird
import JSON
import Postgres
import ServiceKit

/// `POST /api/v1/stock/movements/import`: a file of movements, each with an outcome of its own. With an
/// `Idempotency-Key` each line is done once: the same file again goes on where it was cut off.
struct MovementImport: Feature {
  /// In one transaction.
  static let batchRows = 200
  static let maximumKeyBytes = 240

  let writer: StockWriter
  let codes: ProductCodes
  let metrics: MovementMetrics

  private static let values: Set<String> = ["producto_id", "cantidad", "deposito_id", "deposito_destino_id"]

  var routes: [Route] { [load] }

  private var load: Route {
    let operation = Operation(
      "Importar movimientos de un archivo CSV o de líneas JSON",
      body: MovementOrder.schema, bodyTypes: ["text/csv", "application/x-ndjson"],
      [.init(.ok, "Cuántas filas se aplicaron, y qué tienen de malo las demás.", schema: ImportReport.schema)])
    return Route(
      .post, "/api/v1/stock/movements/import", access: .roles([.deposito]), operation
    ) { request, context in
      try await offLoop { try await load(request, context) }
    }
  }

  private func load(_ request: Request, _ context: ServiceContext) async throws -> Response {
    // A line's key is the file's with its number.
    let key = request.headers[.idempotencyKey]
    guard key.map({ $0.utf8.count <= Self.maximumKeyBytes }) ?? true else {
      throw Problem.validation([
        FieldProblem(field: "Idempotency-Key", message: "tiene que ser de \(Self.maximumKeyBytes) bytes o menos")
      ])
    }
    var rows = try ImportRows(request, values: Self.values)
    var batch = Batch(
      user: context.principal?.name ?? "", requestID: context.requestID, key: key)
    for try await piece in request.body {
      for row in try rows.read(piece) {
        if batch.add(row) == Self.batchRows { try await write(&batch) }
      }
    }
    for row in try rows.finish() { _ = batch.add(row) }
    try await write(&batch)
    return .json(batch.report)
  }

  /// Rows that wait for their transaction.
  private struct Batch {
    let user: String
    let requestID: String
    let key: String?
    var report = ImportReport()
    var rows: [(line: Int, fields: FieldReader)] = []

    /// - Returns: how many wait.
    mutating func add(_ row: ImportRow) -> Int {
      report.count(rows: 1)
      switch row.fields {
      case .success(let fields): rows.append((row.line, fields))
      case .failure(let problem): report.reject(problem)
      }
      return rows.count
    }
  }

  private func write(_ batch: inout Batch) async throws {
    var pending: [(line: Int, movement: PendingMovements)] = []
    let identifiers = try await codes.identifiers(batch.rows.compactMap { $0.fields.peekText("codigo") })
    for (line, fields) in batch.rows {
      var fields = fields
      do throws(Problem) {
        let order = try order(&fields, identifiers, by: batch.user)
        let key = try batch.key.map { key throws(Problem) in
          try IdempotencyKey(key: "\(key)/\(line)", content: Array(order.text.utf8), user: batch.user)
        }
        pending.append((line, PendingMovements(order, key: key, requestID: batch.requestID)))
      } catch {
        batch.report.reject(line, error)
      }
    }
    batch.rows = []
    let results = pending.isEmpty ? [] : await writer.write(pending.map(\.movement), .full)
    for ((line, movement), result) in zip(pending, results) {
      metrics.count(result, of: movement.orders)
      switch result {
      case .posted: batch.report.count(applied: 1)
      case .replayed(let answer) where answer.status < 400: batch.report.count(applied: 1)
      case .replayed(let answer):
        batch.report.reject(ImportProblem(linea: line, campo: nil, mensaje: "se rechazó antes: \(answer.status)"))
      case .refused(let problem): batch.report.reject(line, problem)
      case .held, .failed: _ = try result.answer()
      }
    }
  }

  /// A product is named by `producto_id` or by `codigo`.
  private func order(
    _ fields: inout FieldReader, _ identifiers: [String: Int64], by user: String
  ) throws(Problem) -> MovementOrder {
    if let code = fields.optionalText("codigo", length: 1...64) {
      guard let identifier = identifiers[code] else { throw .notFound("un producto activo con el código \(code)") }
      fields.set("producto_id", .number(JSONNumber(identifier)))
    }
    return try MovementOrder(reading: &fields, by: user)
  }
}

/// Products by their codes.
struct ProductCodes: Sendable {
  let pool: PostgresPool

  private static let find = Statement(
    "productos_por_codigos", "SELECT codigo, id FROM deposito.productos WHERE activo AND codigo = ANY ($1::text[])")

  func identifiers(_ codes: [String]) async throws -> [String: Int64] {
    if codes.isEmpty { return [:] }
    do {
      var identifiers: [String: Int64] = [:]
      for row in try await pool.query(Self.find, [codes]) {
        identifiers[try row.decode("codigo")] = try row.decode("id", as: Int64.self)
      }
      return identifiers
    } catch {
      throw try Problem.database(error)
    }
  }
}
