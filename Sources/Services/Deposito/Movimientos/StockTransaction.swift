import Decimal
import Postgres
import ServiceKit

/// The two halves of a change of stock: rows are locked and read, unless they are known; a `StockBook` decides, and what
/// it says is written. The database believes none of it: `deposito.asentar` refuses what does not lead from one stock to the next.
struct StockTransaction: Sendable {
  let transaction: Transaction

  /// In the order of their identifiers, as everybody locks them. The identifiers of movements and the time come with the
  /// first row.
  private static let lock = Statement(
    "stock_bloquear",
    """
    SELECT \(Product.columns), stock_otros > 0 AS reparte, con_lotes, CASE WHEN row_number() OVER () = 1 THEN
        (SELECT array_agg(nextval('deposito.movimientos_id_seq')) FROM generate_series(1, $2)) END AS identificadores,
      to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ahora
    FROM deposito.bloquear($1, $3) AS productos
    """)
  /// A statement of its own: what another transaction has changed is seen only by one that begins after the lock.
  private static let parts = Statement(
    "stock_partes",
    "SELECT producto_id, deposito_id, cantidad FROM deposito.existencias WHERE producto_id = ANY ($1) AND cantidad > 0")
  private static let warehouses = Statement(
    "depositos_que_existen", "SELECT id FROM deposito.depositos WHERE id = ANY ($1) AND activo")

  /// Locks what the orders move. Without patience, rows that somebody holds are left out.
  func open(_ orders: [MovementOrder], _ patience: Patience = .full) async throws(PostgresError) -> StockBook {
    let ids = Set(orders.map { $0.productID }).sorted()
    let rows = try await transaction.query(Self.lock, [ids, orders.count, patience == .none])
    var products: [Product] = []
    products.reserveCapacity(rows.count)
    var isShared = false
    var withLots: [Int64] = []
    for row in rows {
      products.append(try Product(row))
      isShared = try row.decode("reparte") || isShared
      if try row.decode("con_lotes") { withLots.append(try row.decode("id")) }
    }
    let named = Set(orders.flatMap { [$0.warehouseID] + ($0.destinationID.map { [$0] } ?? []) })
      .subtracting([Warehouse.defaultID])
    if !named.isEmpty || isShared {
      try await readParts(of: &products)
    }
    let codes = orders.compactMap { $0.lot?.code }
    let shelves =
      withLots.isEmpty ? [:] : try await LotRows(transaction: transaction).shelves(of: withLots, codes: codes)
    return StockBook(
      products: products, shelves: shelves, warehouses: try await existing(named),
      identifiers: try rows.first?.decode("identificadores") ?? [], at: try rows.first?.decode("ahora") ?? "")
  }

  private func readParts(of products: inout [Product]) async throws(PostgresError) {
    var parts: [Int64: [Int64: Quantity]] = [:]
    for row in try await transaction.query(Self.parts, [products.map(\.id)]) {
      parts[try row.decode("producto_id"), default: [:]][try row.decode("deposito_id")] = try row.decode("cantidad")
    }
    for index in products.indices { products[index].otherParts = parts[products[index].id] ?? [:] }
  }

  private func existing(_ warehouses: Set<Int64>) async throws(PostgresError) -> Set<Int64> {
    if warehouses.isEmpty { return [] }
    var existing: Set<Int64> = []
    for row in try await transaction.query(Self.warehouses, [warehouses.sorted()]) {
      existing.insert(try row.decode("id"))
    }
    return existing
  }

  /// - Parameters:
  ///   - isLast: nothing follows in the transaction: where one statement writes all, it commits as well.
  ///   - reserving: identifiers that are wanted for movements to come.
  /// - Throws: a unique violation of `idempotencia_clave` where somebody has claimed one before; a serialization failure
  ///   where the book does not begin with what is there.
  @discardableResult
  func settle(
    _ settlement: Settlement, isLast: Bool = false, reserving: Int = 0
  ) async throws(PostgresError) -> Reserve? {
    let (book, claims) = (settlement.book, settlement.claims)
    let changes = book.movements.flatMap { movement in
      (movement.lotes ?? []).map { (movement: movement.id, product: movement.productoID, change: $0) }
    }
    if book.movements.isEmpty {
      if !claims.isEmpty { _ = try await transaction.query(IdempotencyClaim.insert, IdempotencyClaim.columns(claims)) }
      return nil
    }
    let parameters: [any PostgresEncodable] = settlement.texts + [reserving]
    let rows: QueryResult
    if isLast, changes.isEmpty {
      rows = try await transaction.queryAndCommit(Settlement.statement, parameters)
    } else {
      rows = try await transaction.query(Settlement.statement, parameters)
      try await settleLots(book, changes)
    }
    return try rows.first.map { row throws(PostgresError) in try Reserve(row) }
  }

  private func settleLots(
    _ book: StockBook, _ changes: [(movement: Int64, product: Int64, change: LotChange)]
  ) async throws(PostgresError) {
    if changes.isEmpty { return }
    let shelves = book.items.filter { !$0.value.shelf.changed.isEmpty }.map { (product: $0.key, shelf: $0.value.shelf) }
    try await LotRows(transaction: transaction).write(shelves, changes)
  }
}

/// What a book and the answers that are kept with it come to: the arguments of `deposito.asentar`, but for the last one.
struct Settlement: Sendable {
  fileprivate static let statement = Statement(
    "stock_asentar",
    "SELECT identificadores, reloj FROM deposito.asentar(\((1...28).map { "$\($0)" }.joined(separator: ", ")))")

  let book: StockBook
  let claims: [IdempotencyClaim]
  /// Put down as text when it is made, which need not be when it is sent.
  fileprivate let texts: [String?]

  /// - Parameter claims: answers that are kept with the change, so that there is never one without the other.
  init(_ book: StockBook, claims: [IdempotencyClaim] = []) {
    self.book = book
    self.claims = claims
    let items = book.items.values.filter { $0.product.version > $0.versionBefore }
    let movements = book.movements
    let parts = items.flatMap { item in item.changedParts.map { (item.product, $0) } }
    let changes: [any PostgresEncodable] = [
      items.map { $0.product.id }, items.map { $0.product.version }, items.map { $0.product.stockActual },
      items.map { $0.product.otherStock },
      movements.map { $0.id }, movements.map { $0.productoID }, movements.map { $0.secuencia },
      movements.map { $0.tipo },
      movements.map { $0.cantidad }, movements.map { $0.stockAnterior }, movements.map { $0.stockResultante },
      movements.map { $0.depositoID }, movements.map { $0.depositoDestinoID }, movements.map { $0.motivo },
      movements.map { $0.referencia }, movements.map { $0.usuario },
      parts.map { $0.0.id }, parts.map { $0.1 }, parts.map { $0.part(in: $1) },
    ]
    texts = (changes + IdempotencyClaim.columns(claims) + [book.instant]).map { $0.postgresText }
  }
}
