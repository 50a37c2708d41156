import Decimal

/// Products as their locked rows are, and what movements make of them, one after the other. Each movement has its own
/// outcome: one that is refused leaves the others as they are. No IO.
struct StockBook {
  enum Refusal: Error, Equatable {
    case noSuchProduct
    /// The field that names it.
    case noSuchWarehouse(field: String)
    case notEnoughStock
    /// More than NUMERIC(18,3) holds.
    case tooMuchStock
  }

  /// A product with its parts in the warehouses other than the default one.
  struct Item {
    var product: Product
    let versionBefore: Int64
    var changedParts: Set<Int64> = []
  }

  private(set) var items: [Int64: Item]
  private(set) var movements: [Movement] = []
  private let warehouses: Set<Int64>
  /// When the transaction began, as the ledger will say it.
  private let instant: String
  private var identifiers: ArraySlice<Int64>

  /// - Parameters:
  ///   - warehouses: that exist, of those that the orders name; the default one always does.
  ///   - identifiers: as many as there may be movements.
  init(products: [Product], warehouses: Set<Int64>, identifiers: [Int64], at instant: String) {
    items = Dictionary(uniqueKeysWithValues: products.map { ($0.id, Item(product: $0, versionBefore: $0.version)) })
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

  private mutating func enter(_ order: MovementOrder) throws(Refusal) -> (Movement, Product) {
    guard var item = items[order.productID] else { throw .noSuchProduct }
    guard warehouses.contains(order.warehouseID) else { throw .noSuchWarehouse(field: "deposito_id") }
    if let destination = order.destinationID, !warehouses.contains(destination) {
      throw .noSuchWarehouse(field: "deposito_destino_id")
    }
    let before = item.product.stockActual
    let quantity = try Self.quantity(of: order, for: item.product)
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
      referencia: order.reference, usuario: order.user, createdAt: instant)
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

extension StockBook.Item {
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
