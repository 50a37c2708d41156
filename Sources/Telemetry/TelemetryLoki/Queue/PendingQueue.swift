import Telemetry

/// What waits to be sent: first what is on disk, then what is in memory, which is always newer. Without locks or loops;
/// `SharedQueue` puts it between threads.
struct PendingQueue {
  /// When the sender is to look at the queue.
  enum Wake: Int, Comparable {
    case never, whenBatchIsOld, now
    static func < (a: Wake, b: Wake) -> Bool { a.rawValue < b.rawValue }
  }

  private let configuration: LokiConfiguration
  private let limits: LokiLimits
  private var memory: [EntryBlock] = []
  private var memoryBytes = 0
  private var spill: SpillDirectory?
  /// The directory held records of an earlier process.
  private var hasFoundRecords = false
  private var nextSpillAttempt: ContinuousClock.Instant?
  private var isClosed = false
  /// What the sender holds and has not settled, in order.
  private var inFlight: ArraySlice<EntrySlot> = []
  /// Up to here the queue kept nothing: what is in flight is in the sender's hands alone.
  private var droppedThrough = Int.min
  /// What the sender knows that it has to do.
  private var announced = Wake.never
  private(set) var counts = LokiStatistics()
  private var events: [LokiEvent] = []

  init(_ configuration: LokiConfiguration) {
    self.configuration = configuration
    limits = configuration.limits
  }

  mutating func takeEvents() -> [LokiEvent] {
    defer { events = [] }
    return events
  }

  var statistics: LokiStatistics {
    var all = counts
    all.memoryRecords = memory.reduce(0) { $0 + $1.slots.count }
    all.memoryBytes = memoryBytes
    all.spillRecords = spill?.pendingRecords ?? 0
    all.spillBytes = spill?.byteCount ?? 0
    all.oldestRecord = spill?.segments.first?.oldestRecord ?? memory.first?.slots.first?.time
    return all
  }

  // MARK: The sink's side

  /// - Returns: what the sender does not know yet.
  mutating func append(_ block: EntryBlock, truncatedCount: Int) -> Wake {
    count(truncated: truncatedCount)
    guard !block.slots.isEmpty else { return .never }
    if isClosed {
      drop(.closed, block.slots.count)
      return .never
    }
    remember(block)
    openSpill()
    if configuration.durability == .writeAhead || counts.isReceiverAway || memoryBytes > limits.maximumMemoryBytes {
      spillMemory()
    }
    dropPastBound()
    return announce(need)
  }

  /// Blocks of one hand-over are gathered, so that there are never many.
  private mutating func remember(_ block: EntryBlock) {
    memoryBytes += block.byteCount
    if let lastBytes = memory.last?.byteCount, lastBytes + block.byteCount <= limits.maximumMemoryBytes / 32 {
      memory[memory.count - 1].append(block.slots[...], of: block)
    } else {
      memory.append(block)
    }
  }

  private mutating func dropPastBound() {
    while memoryBytes > limits.maximumMemoryBytes, let first = memory.first {
      forget(first.slots.count)
      guard let oldest = first.slots.first, let newest = first.slots.last else { continue }
      count(SpillDirectory.Overflow(records: first.slots.count, sequences: oldest.sequence..<newest.sequence + 1))
    }
  }

  /// The first records of the first block in memory.
  private mutating func forget(_ slotCount: Int) {
    guard let held = memory.first?.slots.count else { return }
    memoryBytes -= memory[0].byteCount
    if slotCount >= held {
      memory.removeFirst()
    } else {
      memory[0].slots.removeFirst(slotCount)
      memoryBytes += memory[0].byteCount
    }
  }

  // MARK: The sender's side

  /// Takes the directory. What is in it has waited long enough.
  mutating func start() -> Wake {
    openSpill()
    return announce(hasFoundRecords ? .now : .never)
  }

  /// The oldest records, as many as a batch may hold; nothing is in flight any more.
  mutating func next() -> EntryBlock? {
    release()
    openSpill()
    announced = .now
    do {
      let batch = try spill?.read() ?? memoryBatch()
      countSpill()
      inFlight = batch?.slots[...] ?? []
      if batch == nil { announced = .never }
      return batch
    } catch {
      // What is on disk comes first; it is tried again.
      reportSpill(error)
      return nil
    }
  }

  private func memoryBatch() -> EntryBlock? {
    guard let first = memory.first else { return nil }
    var batch = EntryBlock(labels: first.labels)
    var room = BatchRoom(limits)
    for block in memory {
      var count = 0
      for slot in block.slots {
        guard room.admits(slot, into: batch.slots.count + count) else { break }
        count += 1
      }
      let taken = block.slots.prefix(count)
      batch.append(taken, of: block)
      if taken.count < block.slots.count { break }
    }
    return batch
  }

  /// The records in flight up to this one were taken or refused.
  mutating func settle(through sequence: Int, sent: Int = 0, dropped: (reason: LokiDropReason, count: Int)? = nil) {
    counts.sentRecords += sent
    if let dropped { drop(dropped.reason, dropped.count) }
    inFlight = inFlight.drop { $0.sequence <= sequence }
    spill?.settle(through: sequence)
    while let first = memory.first {
      let settled = first.slots.prefix { $0.sequence <= sequence }.count
      if settled == 0 { break }
      forget(settled)
      if settled < first.slots.count { break }
    }
  }

  /// The sender gives back what it did not settle; what the queue dropped meanwhile is lost.
  mutating func release() {
    drop(.full, inFlight.count { $0.sequence <= droppedThrough })
    inFlight = []
  }

  /// What there is to do now that nothing is in flight.
  mutating func rest() -> Wake {
    announced = need
    return announced
  }

  mutating func count(_ outcome: LokiRequestOutcome) { counts.requests[outcome, default: 0] += 1 }

  /// - Parameter reason: nil where the receiver took something.
  mutating func setReceiverAway(_ reason: String?) {
    if let reason, !counts.isReceiverAway { events.append(.receiverAway(reason: reason)) }
    if reason == nil, counts.isReceiverAway { events.append(.receiverBack) }
    counts.isReceiverAway = reason != nil
    if reason != nil {
      spillMemory()
      announced = .now
    }
  }

  // MARK: The end

  /// What waits goes to disk, or is lost and counted.
  mutating func close() {
    guard !isClosed else { return }
    release()
    nextSpillAttempt = nil
    openSpill()
    spillMemory()
    drop(.closed, memory.reduce(0) { $0 + $1.slots.count })
    memory = []
    memoryBytes = 0
    isClosed = true
    spill?.close()
    spill = nil
  }

  // MARK: The disk

  /// Only while nothing is in flight: what is found is older, and must not be settled with it.
  private mutating func openSpill() {
    guard let directory = configuration.directory, spill == nil, !isClosed, inFlight.isEmpty, isSpillDue else { return }
    do {
      spill = try SpillDirectory(
        directory, labels: configuration.labels, before: EntryEncoder.firstSequence, limits: limits)
      hasFoundRecords = spill?.segments.isEmpty == false
      reportSpill(nil)
      countSpill()
    } catch {
      reportSpill(error)
    }
  }

  private mutating func spillMemory() {
    guard spill != nil, isSpillDue else { return }
    while let block = memory.first {
      let (count, error) = spill?.append(block) ?? (0, nil)
      countSpill()
      if count > 0 { forget(count) }
      if let error { return reportSpill(error) }
    }
    reportSpill(nil)
  }

  private var isSpillDue: Bool { nextSpillAttempt.map { $0 <= .now } ?? true }

  private mutating func reportSpill(_ error: SpillError?) {
    if let error {
      if !counts.isSpillUnavailable { events.append(.spillUnavailable(reason: error.description)) }
      nextSpillAttempt = .now + .seconds(limits.spillRetrySeconds)
    } else {
      if counts.isSpillUnavailable { events.append(.spillAvailable) }
      nextSpillAttempt = nil
    }
    counts.isSpillUnavailable = error != nil
  }

  private mutating func countSpill() {
    guard spill != nil else { return }
    drop(.damaged, spill?.takeDamagedRecords() ?? 0)
    for overflow in spill?.takeOverflows() ?? [] { count(overflow) }
  }

  // MARK: Counting

  /// Records that the sender holds may still be taken: they are counted when it gives them back.
  private mutating func count(_ overflow: SpillDirectory.Overflow) {
    droppedThrough = max(droppedThrough, overflow.sequences.upperBound - 1)
    drop(.full, overflow.records - inFlight.count { overflow.sequences.contains($0.sequence) })
  }

  private mutating func drop(_ reason: LokiDropReason, _ count: Int) {
    guard count > 0 else { return }
    counts.dropped[reason, default: 0] += count
    events.append(.dropped(reason, count: count))
  }

  private mutating func count(truncated: Int) {
    guard truncated > 0 else { return }
    counts.truncatedRecords += truncated
    events.append(.truncated(count: truncated))
  }

  // MARK: Waking

  private var need: Wake {
    let pending = memoryBytes + (spill?.pendingBytes ?? 0)
    if pending == 0 { return .never }
    let records = memory.reduce(0) { $0 + $1.slots.count } + (spill?.pendingRecords ?? 0)
    return pending >= limits.maximumBatchBytes || records >= limits.maximumBatchRecords ? .now : .whenBatchIsOld
  }

  private mutating func announce(_ wake: Wake) -> Wake {
    guard wake > announced else { return .never }
    announced = wake
    return wake
  }
}
