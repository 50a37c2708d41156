import MetricModel
import Synchronization

extension HistogramCells {
  /// The cell that counts the value: its bucket's or the zero bucket's. Where the bucket is not there yet, this makes
  /// room for it: the table grows, its buckets merge, or the series begins anew.
  @inlinable func nativeCounter(of value: Double, _ native: NativeBuckets, in record: Cells, at slot: Int) -> Cells {
    if record[3].load(ordering: .relaxed) == epochs.load(at: slot), let table = Self.table(of: record) {
      guard let key = Self.key(of: value, native, table) else { return table.zeroCounter }
      let cell = table.place(of: key)
      if table.cells[cell].load(ordering: .relaxed) == key { return table.cells + cell + 1 }
    }
    return preparedCounter(of: value, native, in: record, at: slot)
  }

  /// nil for the zero bucket.
  @inlinable static func key(of value: Double, _ native: NativeBuckets, _ table: NativeTable) -> UInt64? {
    let magnitude = value.magnitude
    guard magnitude > native.zeroThreshold, let scale = table.scale else { return nil }
    return NativeTable.key(index: scale.index(of: magnitude), isNegative: value < 0)
  }

  @usableFromInline func preparedCounter(
    of value: Double, _ native: NativeBuckets, in record: Cells, at slot: Int
  ) -> Cells {
    readers.withLock { _ in
      while true {
        let table = currentTable(native, in: record, at: slot)
        guard let key = Self.key(of: value, native, table) else { return table.zeroCounter }
        let cell = table.place(of: key)
        if table.cells[cell].load(ordering: .relaxed) == key { return table.cells + cell + 1 }
        makeRoom(for: key, native, table, in: record, at: slot)
      }
    }
  }

  /// One step towards a table that has the key.
  private func makeRoom(for key: UInt64, _ native: NativeBuckets, _ table: NativeTable, in record: Cells, at slot: Int)
  {
    if table.populated < native.maximumBuckets {
      if table.isFull {
        publish(table.copied(schema: table.schema, capacityBits: table.capacityBits + 1), in: record)
      } else {
        table.add(0, to: key)
      }
    } else if table.schema > NativeScale.schemas.lowerBound {
      publish(table.copied(schema: table.schema - 1, capacityBits: table.capacityBits), in: record)
    } else {
      reset(at: slot)
    }
  }

  /// The record's table in the current epoch; a record of an older one is emptied first.
  private func currentTable(_ native: NativeBuckets, in record: Cells, at slot: Int) -> NativeTable {
    let epoch = epochs.load(at: slot)
    if record[3].load(ordering: .relaxed) == epoch, let table = Self.table(of: record) { return table }
    record[1].store(0, ordering: .relaxed)
    for index in Self.headerCells..<stride { record[index].store(0, ordering: .relaxed) }
    record[3].store(epoch, ordering: .relaxed)
    let table = NativeTable(schema: native.schema)
    publish(table, in: record)
    return table
  }

  private func publish(_ table: NativeTable, in record: Cells) {
    let old = Self.table(of: record)
    record[2].store(UInt64(UInt(bitPattern: table.cells)), ordering: .releasing)
    old?.deallocate()
  }
}
