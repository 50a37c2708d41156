/// What a counter's series are counted in: whole amounts, and beside them the sum of fractional ones.
@usableFromInline final class CounterCells: Sendable {
  @usableFromInline let whole: ShardedCells
  @usableFromInline let fractional: ShardedCells

  init(count: Int) {
    whole = ShardedCells(count: count)
    fractional = ShardedCells(count: count)
  }

  deinit {
    whole.deallocate()
    fractional.deallocate()
  }

  @inlinable func add(_ amount: Int, at slot: Int) {
    // A counter cannot fall: a negative amount is a caller's mistake, and costs its own effect alone.
    if amount > 0 { whole.add(UInt64(truncatingIfNeeded: amount), at: slot) }
  }

  @inlinable func add(_ amount: Double, at slot: Int) {
    if amount > 0, amount.isFinite { fractional.add(fraction: amount, at: slot) }
  }

  func value(at slot: Int) -> Double { reader().value(at: slot) }

  /// For many slots in a row; it must not outlive the cells.
  func reader() -> Reader { Reader(whole: whole.reader(), fractional: fractional.reader()) }

  struct Reader {
    let whole: ShardedCells.Reader
    let fractional: ShardedCells.Reader

    func value(at slot: Int) -> Double {
      let count = Double(whole.total(at: slot))
      return fractional.isEmpty ? count : count + fractional.fractionTotal(at: slot)
    }
  }
}
