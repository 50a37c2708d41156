import Postgres
import Synchronization

/// Products as this process wrote them last, so that a movement is written without reading and locking its product
/// beforehand: in one round trip instead of two. What is known may not be true any more: `deposito.asentar` finds that,
/// since every change of a product raises its version, and then nothing is written.
///
/// Only plain ones: movements of what has lots or is in several warehouses read first.
final class KnownStock: Sendable {
  /// Past this it begins anew. Each takes some 400 bytes.
  private static let maximumProducts = 16_384
  /// What others write as well is read first, for so long after they were noticed.
  private static let contention = Duration.seconds(2)

  private enum Entry {
    /// And the identifier of its last movement.
    case known(Product, movement: Int64)
    case contended(until: ContinuousClock.Instant)
  }

  private struct State {
    var entries: [Int64: Entry] = [:]
    var reserve: Reserve?
  }

  private let state = Mutex(State())

  /// A book of all that the orders move; nil where not everything is known.
  func book(for orders: [MovementOrder]) -> StockBook? {
    guard orders.allSatisfy(\.isPlain) else { return nil }
    let now = ContinuousClock.now
    return state.withLock { state in
      var products: [Int64: Product] = [:]
      var last: Int64 = 0
      for order in orders {
        guard case .known(let product, let movement) = state.entries[order.productID] else { return nil }
        products[order.productID] = product
        last = max(last, movement)
      }
      guard let (identifiers, time) = state.reserve?.take(orders.count, after: last, at: now) else { return nil }
      return StockBook(products: Array(products.values), warehouses: [], identifiers: identifiers, at: time)
    }
  }

  /// To be called after the book's transaction.
  /// - Parameter reserve: what came with it.
  func learn(_ book: StockBook, _ reserve: Reserve? = nil) {
    let now = ContinuousClock.now
    state.withLock { state in
      for movement in book.movements {
        guard let item = book.items[movement.productoID] else { continue }
        switch state.entries[movement.productoID] {
        case .contended(let end) where end > now: continue
        // Two transactions may be told of in another order than they had.
        case .known(let product, _) where product.version > item.product.version: continue
        default:
          if state.entries.count >= Self.maximumProducts, state.entries[movement.productoID] == nil {
            state.entries = [:]
          }
          state.entries[movement.productoID] = item.isPlain ? .known(item.product, movement: movement.id) : nil
        }
      }
      guard let reserve else { return }
      let both = state.reserve.map { reserve.merged(with: $0, at: now) } ?? reserve
      // Those before would be of no use to these products.
      state.reserve = both.after(book.movements.last?.id ?? 0)
    }
  }

  /// The book was not true: somebody else writes these.
  func forget(_ book: StockBook) {
    let end = ContinuousClock.now + Self.contention
    state.withLock { state in
      for id in book.items.keys { state.entries[id] = .contended(until: end) }
      // The database's clock may have been set back.
      state.reserve = nil
    }
  }

  /// How many identifiers to ask for with a known batch of so many: for twice as many, with those that are left.
  func wanted(after count: Int) -> Int {
    let now = ContinuousClock.now
    let left = state.withLock { $0.reserve?.count(at: now) ?? 0 }
    return max(0, Self.reserved(after: count) - left)
  }

  /// As many again, and more while batches grow.
  static func reserved(after count: Int) -> Int { 2 * count }
}

extension MovementOrder {
  /// Changes its product's row and no other.
  fileprivate var isPlain: Bool { lot == nil && warehouseID == Warehouse.defaultID && kind != .transferencia }
}

extension StockBook.Item {
  /// All of it is in the default warehouse, and in no lot.
  fileprivate var isPlain: Bool { !hasLots && shelf.changed.isEmpty && product.otherParts.isEmpty }
}
