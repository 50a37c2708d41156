import Logging

/// The records that wait for a sink, oldest first, already cut into hand-overs.
struct PendingRecords {
  private let maximumHandOverRecords: Int
  private var full: [[LogRecord]] = []
  private var fullBytes: [Int] = []
  private var current: [LogRecord] = []
  private var currentBytes = 0
  private(set) var bytes = 0
  private(set) var count = 0
  /// A warning or worse waits.
  private(set) var hasUrgent = false

  init(maximumHandOverRecords: Int) { self.maximumHandOverRecords = max(1, maximumHandOverRecords) }

  var isEmpty: Bool { count == 0 }
  var hasFullHandOver: Bool { !full.isEmpty }
  var oldest: Timestamp? { (full.first ?? current).first?.time }

  mutating func append(_ record: LogRecord, bytes recordBytes: Int) {
    current.append(record)
    currentBytes += recordBytes
    bytes += recordBytes
    count += 1
    if record.level >= .warning { hasUrgent = true }
    if current.count == maximumHandOverRecords { close() }
  }

  /// The oldest records, at most as many as one hand-over has.
  mutating func removeHandOver() -> [LogRecord] {
    if full.isEmpty { close() }
    guard !full.isEmpty else { return [] }
    let records = full.removeFirst()
    bytes -= fullBytes.removeFirst()
    count -= records.count
    if count == 0 { hasUrgent = false }
    return records
  }

  mutating func removeAll() { self = PendingRecords(maximumHandOverRecords: maximumHandOverRecords) }

  private mutating func close() {
    guard !current.isEmpty else { return }
    full.append(current)
    fullBytes.append(currentBytes)
    current = []
    current.reserveCapacity(min(maximumHandOverRecords, 64))
    currentBytes = 0
  }
}

/// Which of a sink's operations fail, so that the begin and the end of a failure are reported once each.
struct SinkFailures {
  enum Operation { case write, idle }
  enum Edge { case failing, recovered }

  private var failing: Set<Operation> = []

  /// - Returns: what this outcome changes; nil where all goes on as before.
  mutating func note(_ operation: Operation, _ error: LogSinkError?) -> Edge? {
    if error != nil { return failing.insert(operation).inserted ? .failing : nil }
    return failing.remove(operation) != nil && failing.isEmpty ? .recovered : nil
  }
}
