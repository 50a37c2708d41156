import Postgres
import Synchronization

/// Products as this process read or wrote them last, so that a movement is written without reading and locking its
/// product beforehand: in one round trip instead of two. What is known may not be true any more: `deposito.asentar`
/// finds that, since every change of a product raises its version, and then nothing is written.
///
/// Only plain ones: for movements of what has lots, or is in several warehouses, it is locked and read.
final class KnownStock: Sendable {
  /// Past this it begins anew. Each takes some 400 bytes.
  private static let maximumProducts = 16_384
  /// What others write as well, is not plain, or is not there, is locked and read for so long after that was noticed.
  private static let distrust = Duration.seconds(2)

  private enum Entry {
    /// And the identifier of its last movement.
    case known(Product, movement: Int64)
    case distrusted(until: ContinuousClock.Instant)
  }

  /// That what was known at some moment turns out to be true: transactions on their way were counted upon.
  struct Expectation: Sendable {
    fileprivate let disappointments: Int
  }

  private struct State {
    var entries: [Int64: Entry] = [:]
    var reserve: Reserve?
    /// How often something was taken for known that was not to be.
    var disappointments = 0

    mutating func keep(_ book: StockBook, at now: ContinuousClock.Instant) {
      for movement in book.movements {
        guard let item = book.items[movement.productoID] else { continue }
        keep(item.product, isPlain: item.isPlain, movement: movement.id, at: now)
      }
    }

    mutating func keep(_ product: Product, isPlain: Bool, movement: Int64, at now: ContinuousClock.Instant) {
      switch entries[product.id] {
      case .distrusted(let end) where end > now: return
      // Two transactions may be told of in another order than they had.
      case .known(let known, _) where known.version > product.version: return
      default:
        set(isPlain ? .known(product, movement: movement) : .distrusted(until: now + distrust), for: product.id)
      }
    }

    mutating func set(_ entry: Entry, for product: Int64) {
      if entries.count >= maximumProducts, entries[product] == nil { entries = [:] }
      entries[product] = entry
    }

    mutating func add(_ reserve: Reserve, at now: ContinuousClock.Instant) {
      self.reserve = self.reserve.map { reserve.merged(with: $0, at: now) } ?? reserve
    }
  }

  private let state = Mutex(State())

  /// What there is for some orders.
  enum Knowledge {
    case book(StockBook, Expectation)
    /// These have to be read first; none: only identifiers are wanting.
    case missing([Int64])
    /// These have to be locked.
    case unusable
  }

  func book(for orders: [MovementOrder]) -> Knowledge {
    guard orders.allSatisfy(\.isPlain) else { return .unusable }
    let now = ContinuousClock.now
    return state.withLock { state in
      var products: [Int64: Product] = [:]
      var missing: Set<Int64> = []
      var last: Int64 = 0
      for order in orders {
        switch state.entries[order.productID] {
        case .known(let product, let movement):
          products[order.productID] = product
          last = max(last, movement)
        case .distrusted(let end) where end > now: return .unusable
        case .distrusted, nil: missing.insert(order.productID)
        }
      }
      guard missing.isEmpty, let (identifiers, time) = state.reserve?.take(orders.count, after: last, at: now) else {
        return .missing(Array(missing))
      }
      let book = StockBook(products: Array(products.values), warehouses: [], identifiers: identifiers, at: time)
      return .book(book, Expectation(disappointments: state.disappointments))
    }
  }

  /// Products as they were read.
  /// - Parameter wanted: all that were asked for.
  func add(_ rows: [StockReading.Row], of wanted: [Int64], _ reserve: Reserve) {
    let now = ContinuousClock.now
    let gone = Set(wanted).subtracting(rows.map { $0.product.id })
    state.withLock { state in
      for id in gone { state.set(.distrusted(until: now + Self.distrust), for: id) }
      for row in rows { state.keep(row.product, isPlain: row.isPlain, movement: row.movement, at: now) }
      state.add(reserve, at: now)
    }
  }

  /// The book is on its way: who comes after it begins with what it leaves.
  func expect(_ book: StockBook) {
    let now = ContinuousClock.now
    state.withLock { $0.keep(book, at: now) }
  }

  /// Whether all that was counted upon then has not come to nothing.
  func holds(_ expectation: Expectation) -> Bool {
    state.withLock { $0.disappointments == expectation.disappointments }
  }

  /// To be called after the book's transaction.
  /// - Parameter reserve: what came with it.
  func learn(_ book: StockBook, _ reserve: Reserve?) {
    let now = ContinuousClock.now
    state.withLock { state in
      state.keep(book, at: now)
      guard let reserve else { return }
      state.add(reserve, at: now)
      // Those before would be of no use to these products.
      state.reserve = state.reserve?.after(book.movements.last?.id ?? 0)
    }
  }

  /// The book was not true: somebody else writes these.
  func forget(_ book: StockBook) {
    let end = ContinuousClock.now + Self.distrust
    state.withLock { state in
      for id in book.items.keys { state.set(.distrusted(until: end), for: id) }
      // The database's clock may have been set back.
      state.reserve = nil
      state.disappointments += 1
    }
  }

  /// The book was not written.
  func drop(_ book: StockBook) {
    state.withLock { state in
      for id in book.items.keys {
        if case .known = state.entries[id] { state.entries[id] = nil }
      }
      state.disappointments += 1
    }
  }

  /// How many identifiers to ask for with a known batch of so many: for three times as many, with those that are left.
  func wanted(after count: Int) -> Int {
    let now = ContinuousClock.now
    let left = state.withLock { $0.reserve?.count(at: now) ?? 0 }
    return max(0, Self.reserved(after: count) - left)
  }

  /// For a batch that is drafted meanwhile, for the next, and more while batches grow.
  static func reserved(after count: Int) -> Int { 3 * count }
}

extension MovementOrder {
  /// Changes its product's row and no other.
  fileprivate var isPlain: Bool { lot == nil && warehouseID == Warehouse.defaultID && kind != .transferencia }
}

extension StockBook.Item {
  /// All of it is in the default warehouse, and in no lot.
  fileprivate var isPlain: Bool { !hasLots && shelf.changed.isEmpty && product.otherParts.isEmpty }
}
