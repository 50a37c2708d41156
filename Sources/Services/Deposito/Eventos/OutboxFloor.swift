/// Up to which identifier no event can be waiting any more. What has left stays in the index until the next vacuum, and
/// whoever looks from the beginning walks over all of it.
///
/// Transactions commit out of the order of their events' identifiers, so that having sent one says nothing of those
/// before it. But every writer has a transaction's number before it takes identifiers: whoever took one below an
/// identifier that was seen has a lower number than a transaction that begins now, and once all of those have ended,
/// nothing below it is still to come.
struct OutboxFloor: Sendable {
  /// Where to begin: after this one.
  private(set) var value: Int64 = 0
  /// An identifier that was seen, and a transaction that began after that.
  private var candidate: (id: Int64, before: Int64)?

  /// To be called after each look into the outbox.
  /// - Parameters:
  ///   - running: all transactions before this one had ended when it looked: `xmin` of PostgreSQL's
  ///     `pg_current_snapshot()`. Not its `xmax`: transactions at and above that may be running.
  ///   - last: the last identifier that it found, of all that were there up to it; nil: it found none.
  ///   - isWhole: nothing is behind the last one.
  ///   - waiting: the first of those found that has not left.
  mutating func looked(running: Int64, last: Int64?, isWhole: Bool, waiting: Int64?) {
    guard let (id, before) = candidate, running >= before, isWhole || (last ?? 0) >= id else { return }
    value = max(value, min(id, waiting.map { $0 - 1 } ?? id))
    candidate = nil
  }

  /// Events up to `last` have been seen before this transaction began.
  mutating func saw(_ last: Int64, before transaction: Int64) {
    if candidate == nil, last > value { candidate = (last, transaction) }
  }
}
