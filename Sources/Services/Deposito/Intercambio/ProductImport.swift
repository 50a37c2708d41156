import Catalog
import Decimal
import Hummingbird
import Postgres
import ServiceKit

/// `POST /api/v1/productos/import`: a file of products. A code that is new is created, with its opening stock; one that
/// exists is changed where it differs, and its stock stays: that is the movements' business. So the same file again leaves
/// alone what is as it says, and needs no `Idempotency-Key`.
struct ProductImport: Feature {
  /// In one transaction.
  static let batchRows = 500

  let pool: PostgresPool
  let metrics: MovementMetrics
  let committed: @Sendable () -> Void

  private static let values: Set<String> = [
    "precio_compra", "precio_venta", "stock_actual", "stock_minimo", "stock_maximo",
  ]

  var routes: [Route] { [load] }

  private var load: Route {
    let operation = Operation(
      "Importar productos de un archivo CSV o de líneas JSON",
      body: ProductDraft.schema, bodyTypes: ["text/csv", "application/x-ndjson"],
      [.init(.ok, "Cuántas filas se aplicaron, y qué tienen de malo las demás.", schema: ImportReport.schema)])
    return Route(.post, "/api/v1/productos/import", access: .roles([.deposito]), operation) { request, context in
      try await offLoop { try await load(request, by: context.principal?.name ?? "") }
    }
  }

  private func load(_ request: Request, by user: String) async throws -> Response {
    var rows = try ImportRows(request, values: Self.values)
    var batch = Batch(user: user)
    for try await piece in request.body {
      for row in try rows.read(piece) {
        // A code twice in one statement would be two changes of one row.
        if batch.add(row) { try await write(&batch) }
      }
    }
    for row in try rows.finish() { if batch.add(row) { try await write(&batch) } }
    try await write(&batch)
    return .json(batch.report)
  }

  private struct Batch {
    let user: String
    var report = ImportReport()
    var drafts: [(line: Int, draft: ProductDraft)] = []
    private var codes: Set<String> = []
    private var next: (line: Int, draft: ProductDraft)?

    init(user: String) { self.user = user }

    /// - Returns: whether it has to be written before the next row.
    mutating func add(_ row: ImportRow) -> Bool {
      report.count(rows: 1)
      switch row.fields {
      case .failure(let problem): report.reject(problem)
      case .success(var fields):
        do throws(Problem) {
          let draft = try ProductDraft(reading: &fields)
          if codes.contains(draft.codigo) {
            next = (row.line, draft)
          } else {
            take(row.line, draft)
          }
        } catch {
          report.reject(row.line, error)
        }
      }
      return next != nil || drafts.count == ProductImport.batchRows
    }

    mutating func clear() {
      drafts = []
      codes = []
      if let (line, draft) = next { take(line, draft) }
      next = nil
    }

    private mutating func take(_ line: Int, _ draft: ProductDraft) {
      codes.insert(draft.codigo)
      drafts.append((line, draft))
    }
  }

  /// All in one transaction; where one row breaks it, each in one of its own.
  private func write(_ batch: inout Batch) async throws {
    let drafts = batch.drafts
    batch.clear()
    if drafts.isEmpty { return }
    defer { committed() }
    do {
      if try await apply(drafts, by: batch.user) {
        batch.report.count(applied: drafts.count)
      } else {
        for (line, draft) in drafts { try await write(line, draft, &batch) }
      }
    } catch let error as PostgresError {
      throw try Problem.database(error, writing: true)
    }
    if !batch.drafts.isEmpty, batch.drafts.count == Self.batchRows { try await write(&batch) }
  }

  private func write(_ line: Int, _ draft: ProductDraft, _ batch: inout Batch) async throws {
    if try await apply([(line, draft)], by: batch.user) {
      batch.report.count(applied: 1)
    } else {
      batch.report.reject(
        ImportProblem(
          linea: line, campo: "codigos_barras",
          mensaje: "otro producto tiene ese código o uno de esos códigos de barras"))
    }
  }

  /// As everybody locks them: what follows would lock them in the order of the file.
  private static let lock = Statement(
    "productos_importar_bloquear",
    "SELECT FROM deposito.productos WHERE codigo = ANY ($1::text[]) AND activo ORDER BY id FOR NO KEY UPDATE")
  private static let upsert = Statement(
    "productos_importar",
    """
    INSERT INTO deposito.productos AS p (codigo, nombre, descripcion, categoria, codigos_barras, precio_compra,
      precio_venta, stock_minimo, stock_maximo, ubicacion, version)
    SELECT codigo, nombre, descripcion, categoria, string_to_array(barras, ' '), compra, venta, minimo, maximo,
      ubicacion, CASE WHEN apertura THEN 0 ELSE 1 END
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[], $7::numeric[],
      $8::numeric[], $9::numeric[], $10::text[], $11::boolean[])
      AS f(codigo, nombre, descripcion, categoria, barras, compra, venta, minimo, maximo, ubicacion, apertura)
    ORDER BY codigo
    ON CONFLICT (codigo) WHERE activo DO UPDATE SET nombre = EXCLUDED.nombre, descripcion = EXCLUDED.descripcion,
      categoria = EXCLUDED.categoria, codigos_barras = EXCLUDED.codigos_barras,
      precio_compra = EXCLUDED.precio_compra, precio_venta = EXCLUDED.precio_venta,
      stock_minimo = EXCLUDED.stock_minimo, stock_maximo = EXCLUDED.stock_maximo, ubicacion = EXCLUDED.ubicacion,
      version = p.version + 1, updated_at = now()
    WHERE (p.nombre, p.descripcion, p.categoria, p.codigos_barras, p.precio_compra, p.precio_venta, p.stock_minimo,
        p.stock_maximo, p.ubicacion)
      IS DISTINCT FROM (EXCLUDED.nombre, EXCLUDED.descripcion, EXCLUDED.categoria, EXCLUDED.codigos_barras,
        EXCLUDED.precio_compra, EXCLUDED.precio_venta, EXCLUDED.stock_minimo, EXCLUDED.stock_maximo,
        EXCLUDED.ubicacion)
    RETURNING id, codigo, xmax = 0 AS es_nuevo
    """)

  /// - Returns: false where a row has a code that another product has; then nothing was written.
  private func apply(_ rows: [(line: Int, draft: ProductDraft)], by user: String) async throws -> Bool {
    let drafts = rows.map(\.draft)
    do {
      for movement in try await enter(drafts, by: user) { metrics.countRegistered(movement) }
      return true
    } catch let error as PostgresError where error.sqlState == .uniqueViolation {
      return false
    }
  }

  private func enter(_ drafts: [ProductDraft], by user: String) async throws -> [Movement] {
    try await pool.transaction { transaction in
      _ = try await transaction.query(Self.lock, [drafts.map(\.codigo)])
      let applied = try await transaction.query(
        Self.upsert,
        [
          drafts.map(\.codigo), drafts.map(\.nombre), drafts.map(\.descripcion), drafts.map(\.categoria),
          drafts.map { $0.codigosBarras.joined(separator: " ") }, drafts.map(\.precioCompra),
          drafts.map(\.precioVenta), drafts.map(\.stockMinimo), drafts.map(\.stockMaximo), drafts.map(\.ubicacion),
          drafts.map { $0.stockActual > .zero },
        ])
      return try await Self.open(applied, drafts, by: user, in: transaction)
    }
  }

  /// The opening movements of those that are new.
  private static func open(
    _ applied: QueryResult, _ drafts: [ProductDraft], by user: String, in transaction: Transaction
  ) async throws -> [Movement] {
    let stocks = Dictionary(uniqueKeysWithValues: drafts.map { ($0.codigo, $0.stockActual) })
    var orders: [MovementOrder] = []
    for row in applied where try row.decode("es_nuevo") {
      guard let stock = stocks[try row.decode("codigo")], stock > .zero else { continue }
      orders.append(
        MovementOrder(.entrada, of: try row.decode("id"), .by(stock), reason: "stock inicial", by: user))
    }
    if orders.isEmpty { return [] }
    let writer = StockTransaction(transaction: transaction)
    var book = try await writer.open(orders)
    for order in orders { _ = try book.post(order).mapError { Problem($0) }.get() }
    try await writer.settle(Settlement(book))
    return book.movements
  }
}
