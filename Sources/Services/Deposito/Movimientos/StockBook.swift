import Decimal

/// Products as their rows are, locked or known, and what movements make of them, one after the other. Each movement has its own
/// outcome: one that is refused leaves the others as they are. No IO.
struct StockBook {
  enum Refusal: Error, Equatable {
    case noSuchProduct
    /// The field that names it.
    case noSuchWarehouse(field: String)
    case notEnoughStock
    /// More than NUMERIC(18,3) holds.
    case tooMuchStock
    /// The lot is there, and expires on another day.
    case otherExpiry
  }

  /// Which of several orders cannot be, and why.
  struct Obstacle: Error {
    let place: Int
    let refusal: Refusal
  }

  /// A product with its parts in the warehouses other than the default one.
  struct Item {
    var product: Product
    let versionBefore: Int64
    var changedParts: Set<Int64> = []
    var shelf = LotShelf()
    let hasLots: Bool
  }

  private(set) var items: [Int64: Item]
  private(set) var movements: [Movement] = []
  private let warehouses: Set<Int64>
  /// As the ledger will say it.
  let instant: String
  private var identifiers: ArraySlice<Int64>

  /// - Parameters:
  ///   - shelves: of the products that have lots.
  ///   - warehouses: that exist, of those that the orders name; the default one always does.
  ///   - identifiers: as many as there may be movements.
  init(
    products: [Product], shelves: [Int64: LotShelf] = [:], warehouses: Set<Int64>, identifiers: [Int64],
    at instant: String
  ) {
    items = Dictionary(
      uniqueKeysWithValues: products.map {
        let shelf = shelves[$0.id]
        return (
          $0.id,
          Item(product: $0, versionBefore: $0.version, shelf: shelf ?? LotShelf(), hasLots: shelf != nil)
        )
      })
    self.warehouses = warehouses.union([Warehouse.defaultID])
    self.identifiers = identifiers[...]
    self.instant = instant
  }

  mutating func post(_ order: MovementOrder) -> Result<(Movement, Product), Refusal> {
    do throws(Refusal) {
      return .success(try enter(order))
    } catch {
      return .failure(error)
    }
  }

  /// All of them, or none.
  mutating func post(_ orders: [MovementOrder]) -> Result<Posting, Obstacle> {
    let (first, unused) = (movements.count, identifiers)
    var before: [Int64: Item] = [:]
    for (place, order) in orders.enumerated() {
      if before[order.productID] == nil { before[order.productID] = items[order.productID] }
      do throws(Refusal) {
        _ = try enter(order)
      } catch {
        items.merge(before) { $1 }
        movements.removeSubrange(first...)
        identifiers = unused
        return .failure(Obstacle(place: place, refusal: error))
      }
    }
    let products = Set(orders.map { $0.productID }).sorted().compactMap { items[$0]?.product }
    return .success(Posting(movements: Array(movements[first...]), products: products))
  }

  private mutating func enter(_ order: MovementOrder) throws(Refusal) -> (Movement, Product) {
    guard var item = items[order.productID] else { throw .noSuchProduct }
    guard warehouses.contains(order.warehouseID) else { throw .noSuchWarehouse(field: "deposito_id") }
    if let destination = order.destinationID, !warehouses.contains(destination) {
      throw .noSuchWarehouse(field: "deposito_destino_id")
    }
    let before = item.product.stockActual
    let quantity = try Self.quantity(of: order, for: item.product)
    let lots = try item.moveLots(order, quantity)
    switch order.kind {
    case .entrada, .ajuste: try item.add(quantity, to: order.warehouseID)
    case .salida: try item.add(-quantity, to: order.warehouseID)
    case .transferencia:
      try item.add(-quantity, to: order.warehouseID)
      try item.add(quantity, to: order.destinationID ?? Warehouse.defaultID)
    }
    guard let identifier = identifiers.popFirst() else { preconditionFailure("fewer identifiers than movements") }
    item.product.version += 1
    item.product.updatedAt = instant
    let movement = Movement(
      id: identifier, productoID: order.productID, secuencia: item.product.version, tipo: order.kind.rawValue,
      cantidad: quantity, stockAnterior: before, stockResultante: item.product.stockActual,
      depositoID: order.warehouseID, depositoDestinoID: order.destinationID, motivo: order.reason,
      referencia: order.reference, usuario: order.user, createdAt: instant,
      lotes: lots.isEmpty ? nil : lots)
    items[order.productID] = item
    movements.append(movement)
    return (movement, item.product)
  }

  private static func quantity(of order: MovementOrder, for product: Product) throws(Refusal) -> Quantity {
    let difference =
      switch order.amount {
      case .by(let quantity): Optional(quantity)
      case .untilTotal(let target): target.adding(-product.stockActual)
      case .untilPart(let target): target.adding(-product.part(in: order.warehouseID))
      }
    guard let difference else { throw .tooMuchStock }
    return difference
  }
}

/// Movements that were entered together.
struct Posting: Sendable {
  /// In the order in which they were asked for.
  let movements: [Movement]
  /// As they stand after them, in the order of their identifiers.
  let products: [Product]
}

extension StockBook.Item {
  /// Before the stock itself is moved.
  fileprivate mutating func moveLots(
    _ order: MovementOrder, _ quantity: Quantity
  ) throws(StockBook.Refusal) -> [LotChange] {
    if order.lot == nil, shelf.lots.isEmpty { return [] }
    let source = order.warehouseID
    switch order.kind {
    case .salida: return try takeLots(quantity, order)
    case .entrada,
      .ajuste where quantity > .zero:
      guard let lot = order.lot else { return [] }
      return [try shelf.put(quantity, in: source, lot)]
    case .ajuste:
      if order.lot != nil { return try takeLots(-quantity, order) }
      // What is in no lot is what the books know least of.
      let loose = product.part(in: source).adding(-shelf.total(in: source)) ?? .zero
      let rest = (-quantity).adding(-loose) ?? .zero
      return rest > .zero ? try shelf.takeFirstExpired(rest, from: source) : []
    case .transferencia:
      var changes: [LotChange] = []
      for taken in try takeLots(quantity, order) {
        changes.append(taken)
        changes.append(
          try shelf.put(
            -taken.quantity, in: order.destinationID ?? Warehouse.defaultID,
            LotName(code: taken.code, expiry: taken.expiry)))
      }
      return changes
    }
  }

  private mutating func takeLots(
    _ quantity: Quantity, _ order: MovementOrder
  ) throws(StockBook.Refusal) -> [LotChange] {
    if let lot = order.lot { return [try shelf.take(quantity, from: order.warehouseID, lot)] }
    return try shelf.takeFirstExpired(quantity, from: order.warehouseID)
  }

  fileprivate mutating func add(_ quantity: Quantity, to warehouse: Int64) throws(StockBook.Refusal) {
    guard let part = product.part(in: warehouse).adding(quantity), let total = product.stockActual.adding(quantity),
      part <= Self.maximum, total <= Self.maximum
    else { throw .tooMuchStock }
    guard part >= .zero else { throw .notEnoughStock }
    product.stockActual = total
    if warehouse != Warehouse.defaultID {
      product.otherParts[warehouse] = part == .zero ? nil : part
      changedParts.insert(warehouse)
    }
  }

  /// What a client may ask for at once is the most that there may be.
  private static var maximum: Quantity { ProductDraft.quantities.upperBound }
}
