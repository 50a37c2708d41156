import Glibc
import MetricModel
import Synchronization

/// The cells of a number of series, which `OpenSeries` makes by the page.
@usableFromInline protocol SeriesCells: AnyObject, Sendable {
  init(count: Int, _ descriptor: FamilyDescriptor)
  /// The slot becomes a series.
  func begin(at slot: Int)
}

extension SeriesCells {
  @usableFromInline func begin(at slot: Int) {}
}

/// The series of a family whose label values are not known beforehand, found by their values without a lock. Past
/// `maximumSeries` everything goes to one overflow series, all of whose values are `overflow`.
///
/// `@unchecked`: entries are written before they are published and never change or move; tables and pages are freed
/// with the family.
@usableFromInline final class OpenSeries<Cells: SeriesCells>: @unchecked Sendable {
  /// One series. Its values lie one after the other in `bytes`, each behind its length.
  @usableFromInline struct Entry {
    @usableFromInline let hash: UInt64
    @usableFromInline let bytes: UnsafeMutableRawPointer
    @usableFromInline let byteCount: Int
    @usableFromInline let cells: Unmanaged<Cells>
    @usableFromInline let slot: Int
    let labels: Unmanaged<SeriesLabels>
    let created: Timestamp
  }

  @usableFromInline typealias EntryPointer = UnsafeMutablePointer<Entry>
  /// A power of two of places, at most half of them taken; the mask stands in front.
  @usableFromInline struct Table {
    @usableFromInline let mask: Int
    @usableFromInline let places: UnsafeMutablePointer<Atomic<EntryPointer?>>
  }

  static var seriesPerPage: Int { 64 }
  static var overflowValue: String { "overflow" }

  @usableFromInline let seed = LabelHash.processSeed
  let descriptor: FamilyDescriptor
  private let maximumSeries: Int
  private let onOverflow: @Sendable (_ isFirst: Bool) -> Void
  @usableFromInline let table: Atomic<UnsafeMutablePointer<Table>>
  /// Once the family is full.
  @usableFromInline let overflow = Atomic<EntryPointer?>(nil)
  private let state = Mutex(State())

  private struct State {
    var entries: [EntryPointer] = []
    var pages: [Cells] = []
    /// Those that were published before the current one: a reader may still walk them.
    var oldTables: [UnsafeMutablePointer<Table>] = []
  }

  init(_ descriptor: FamilyDescriptor, maximumSeries: Int, onOverflow: @escaping @Sendable (_ isFirst: Bool) -> Void) {
    self.descriptor = descriptor
    self.maximumSeries = max(maximumSeries, 1)
    self.onOverflow = onOverflow
    table = Atomic(Self.makeTable(places: 16))
  }

  deinit {
    state.withLock { state in
      for entry in state.entries {
        entry.pointee.bytes.deallocate()
        entry.pointee.labels.release()
        entry.deallocate()
      }
      for table in state.oldTables + [table.load(ordering: .acquiring)] {
        table.pointee.places.deallocate()
        table.deallocate()
      }
    }
  }

  /// The cells and the slot of a series.
  @inlinable @inline(__always) func place<L: LabelSet>(of labels: L) -> (Unmanaged<Cells>, slot: Int) {
    var hash = LabelHash(seed: seed)
    labels.forEachValue { hash.combine($0) }
    if let entry = find(labels, hash.state) { return (entry.pointee.cells, entry.pointee.slot) }
    let entry = overflowing() ?? insert(labels.labelValues, hash.state)
    return (entry.pointee.cells, entry.pointee.slot)
  }

  /// Where the family is full, so that who floods it with values waits for no lock either.
  @usableFromInline func overflowing() -> EntryPointer? {
    guard let entry = overflow.load(ordering: .acquiring) else { return nil }
    onOverflow(false)
    return entry
  }

  @inlinable @inline(__always) func find<L: LabelSet>(_ labels: L, _ hash: UInt64) -> EntryPointer? {
    let table = table.load(ordering: .acquiring).pointee
    var position = Int(truncatingIfNeeded: hash) & table.mask
    while let entry = table.places[position].load(ordering: .acquiring) {
      if entry.pointee.hash == hash, Self.matches(entry, labels) { return entry }
      position = (position + 1) & table.mask
    }
    return nil
  }

  @inlinable @inline(__always) static func matches<L: LabelSet>(_ entry: EntryPointer, _ labels: L) -> Bool {
    var next = UnsafeRawPointer(entry.pointee.bytes)
    let end = next + entry.pointee.byteCount
    var isSame = true
    labels.forEachValue { value in
      let compared: Void? = value.utf8.withContiguousStorageIfAvailable { compare($0, &next, end, &isSame) }
      if compared == nil {
        var value = value
        value.withUTF8 { compare($0, &next, end, &isSame) }
      }
    }
    return isSame && next == end
  }

  /// One value with the stored one at `next`, which moves behind it.
  @inlinable @inline(__always) static func compare(
    _ bytes: UnsafeBufferPointer<UInt8>, _ next: inout UnsafeRawPointer, _ end: UnsafeRawPointer, _ isSame: inout Bool
  ) {
    guard isSame, next + 8 <= end, next.loadUnaligned(as: Int.self) == bytes.count else {
      isSame = false
      return
    }
    next += 8
    if var other = UnsafeRawPointer(bytes.baseAddress) {
      var rest = bytes.count
      // Label values are short: words in a row cost less than a call.
      while rest >= 8 {
        isSame = isSame && next.loadUnaligned(as: UInt64.self) == other.loadUnaligned(as: UInt64.self)
        next += 8
        other += 8
        rest -= 8
      }
      if rest > 0 {
        isSame = isSame && LabelHash.tail(next, rest) == LabelHash.tail(other, rest)
        next += rest
      }
    }
  }

  // MARK: The slow path

  @usableFromInline func insert(_ values: [String], _ hash: UInt64) -> EntryPointer {
    let key = Values(values)
    let (entry, isFirst): (EntryPointer, Bool?) = state.withLock { state in
      if let existing = find(key, hash) { return (existing, nil) }
      if state.entries.count < maximumSeries { return (append(values, hash, to: &state), nil) }
      if let overflow = overflow.load(ordering: .relaxed) { return (overflow, false) }
      let values = [String](repeating: Self.overflowValue, count: descriptor.labelNames.count)
      let entry = append(values, self.hash(of: values), to: &state)
      overflow.store(entry, ordering: .releasing)
      return (entry, true)
    }
    if let isFirst { onOverflow(isFirst) }
    return entry
  }

  private func append(_ values: [String], _ hash: UInt64, to state: inout State) -> EntryPointer {
    if let existing = find(Values(values), hash) { return existing }
    let index = state.entries.count
    if index % Self.seriesPerPage == 0 { state.pages.append(Cells(count: Self.seriesPerPage, descriptor)) }
    let page = Unmanaged.passUnretained(state.pages[index / Self.seriesPerPage])
    let (bytes, byteCount) = Self.bytes(of: values)
    let entry = EntryPointer.allocate(capacity: 1)
    let labels = SeriesLabels(names: descriptor.labelNames, values: values)
    page._withUnsafeGuaranteedRef { $0.begin(at: index % Self.seriesPerPage) }
    entry.initialize(
      to: Entry(
        hash: hash, bytes: bytes, byteCount: byteCount, cells: page, slot: index % Self.seriesPerPage,
        labels: .passRetained(labels), created: .now()))
    state.entries.append(entry)
    if state.entries.count * 2 > table.load(ordering: .relaxed).pointee.mask {
      let larger = Self.makeTable(places: state.entries.count * 4)
      for entry in state.entries { Self.put(entry, in: larger.pointee) }
      state.oldTables.append(table.exchange(larger, ordering: .acquiringAndReleasing))
    } else {
      Self.put(entry, in: table.load(ordering: .relaxed).pointee)
    }
    return entry
  }

  private static func put(_ entry: EntryPointer, in table: Table) {
    var position = Int(truncatingIfNeeded: entry.pointee.hash) & table.mask
    while table.places[position].load(ordering: .relaxed) != nil { position = (position + 1) & table.mask }
    table.places[position].store(entry, ordering: .releasing)
  }

  private static func makeTable(places: Int) -> UnsafeMutablePointer<Table> {
    var count = 16
    while count < places { count *= 2 }
    let memory = UnsafeMutablePointer<Atomic<EntryPointer?>>.allocate(capacity: count)
    for index in 0..<count { (memory + index).initialize(to: Atomic(nil)) }
    let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
    table.initialize(to: Table(mask: count - 1, places: memory))
    return table
  }

  private static func bytes(of values: [String]) -> (UnsafeMutableRawPointer, Int) {
    let count = values.reduce(0) { $0 + 8 + $1.utf8.count }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 8)
    var next = memory
    for value in values {
      var value = value
      value.withUTF8 { bytes in
        next.storeBytes(of: bytes.count, as: Int.self)
        if let base = bytes.baseAddress { memcpy(next + 8, base, bytes.count) }
        next += 8 + bytes.count
      }
    }
    return (memory, count)
  }

  private func hash(of values: [String]) -> UInt64 {
    var hash = LabelHash(seed: seed)
    for value in values { hash.combine(value) }
    return hash.state
  }

  /// All series in the order in which they came, `seriesPerPage` to each cells object.
  func cursor(
    _ read: @escaping (_ cells: Cells, _ series: ArraySlice<EntryPointer>, _ page: inout PageWriter) -> Void
  ) -> FamilyCursor {
    let (entries, pages) = state.withLock { ($0.entries, $0.pages) }
    return FamilyCursor(descriptor, count: pages.count) { index, page in
      let first = index * Self.seriesPerPage
      read(pages[index], entries[first..<min(first + Self.seriesPerPage, entries.count)], &page)
    }
  }
}

/// Label values that are already strings.
struct Values: LabelSet {
  static let labelNames: [String] = []
  let labelValues: [String]
  init(_ labelValues: [String]) { self.labelValues = labelValues }
}
