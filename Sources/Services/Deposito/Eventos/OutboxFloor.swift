/// Up to which identifier no event can be waiting any more. What has left stays in the index until the next vacuum, and
/// whoever looks from the beginning walks over all of it.
///
/// Transactions commit out of the order of their events' identifiers, so that having sent one says nothing of those
/// before it. But every writer has a transaction's number before it takes identifiers: once all transactions have ended
/// that had one when an identifier was seen, nothing below it is still to come.
struct OutboxFloor: Sendable {
  /// What a statement could see: PostgreSQL's `pg_current_snapshot()`.
  struct View: Sendable {
    /// All transactions before this one have ended: `xmin`.
    let running: Int64
    /// The first that has not begun: `xmax`.
    let next: Int64
  }

  /// Where to begin: after this one.
  private(set) var value: Int64 = 0
  /// An identifier that was seen, and the first transaction that came after it.
  private var candidate: (id: Int64, before: Int64)?

  /// To be called after each look into the outbox.
  /// - Parameters:
  ///   - last: the last identifier that it found, of all that were there up to it; nil: it found none.
  ///   - isWhole: nothing is behind the last one.
  ///   - waiting: the first of those found that has not left.
  mutating func looked(_ view: View, last: Int64?, isWhole: Bool, waiting: Int64?) {
    if let (id, before) = candidate, view.running >= before, isWhole || (last ?? 0) >= id {
      value = max(value, min(id, waiting.map { $0 - 1 } ?? id))
      candidate = nil
    }
    if candidate == nil, let last, last > value { candidate = (last, view.next) }
  }
}
