import Logging

/// A bounded buffer of records before one sink, and the thread that empties it, so that a slow sink blocks nobody:
/// past the bound records are dropped and counted.
///
/// `@unchecked`: `waiting`, `hand`, `phase` and `isEnded` are only touched under `monitor`; the sink and `failures` only
/// by the thread.
final class SinkQueue: @unchecked Sendable {
  /// How long the thread lets records gather, so that a busy process wakes it once for many. Warnings and worse,
  /// a full hand-over and the end do not wait.
  static let gatheringMilliseconds = 2.0

  /// What the queue's events are about.
  enum Event {
    case dropped(LogPipeline.Loss, records: Int)
    case failing(LogSinkError)
    case recovered
  }

  /// What the thread is doing.
  private enum Phase { case working, waitingForRecord, gathering }

  private enum Step {
    case write([LogRecord])
    case idle
    case finish(until: Timestamp)
  }

  let name: String
  let minimumLevel: Logger.Level
  let usesFields: Bool
  private let limits: LogDestination.Limits
  private let sink: any LogSink
  private let onEvent: @Sendable (Event) -> Void
  private let monitor = Monitor()
  private var waiting: PendingRecords
  /// What the sink was given and has not yet taken.
  private var hand: (records: Int, bytes: Int, oldest: Timestamp)?
  private var phase = Phase.working
  private var end: Timestamp?
  private var isEnded = false
  private var failures = SinkFailures()

  init(_ destination: LogDestination, onEvent: @escaping @Sendable (Event) -> Void) {
    name = destination.name
    minimumLevel = destination.minimumLevel
    limits = destination.limits
    sink = destination.sink
    usesFields = destination.sink.usesFields
    waiting = PendingRecords(maximumHandOverRecords: destination.limits.handOverRecords)
    self.onEvent = onEvent
    if !DetachedThread.start({ self.run() }) {
      // Without a thread nothing empties the buffer: every record is dropped, and counted.
      end = Timestamp(seconds: 0, nanoseconds: 0)
      isEnded = true
    }
  }

  /// Takes one record; never waits for the sink.
  func submit(_ record: LogRecord) {
    let bytes = record.footprintBytes
    monitor.lock()
    let loss: LogPipeline.Loss? =
      if end != nil {
        .unsent
      } else if waiting.bytes + (hand?.bytes ?? 0) + bytes > limits.pendingBytes {
        .full
      } else {
        nil
      }
    if loss == nil {
      waiting.append(record, bytes: bytes)
      switch phase {
      case .waitingForRecord: monitor.signal()
      case .gathering where record.level >= .warning || waiting.hasFullHandOver: monitor.signal()
      case .gathering, .working: break
      }
    }
    monitor.unlock()
    if let loss { onEvent(.dropped(loss, records: 1)) }
  }

  /// What waits and what the sink has in hand.
  func depth(now: Timestamp) -> LogPipeline.QueueDepth {
    monitor.withLock {
      let oldest = hand?.oldest ?? waiting.oldest
      return LogPipeline.QueueDepth(
        name: name, pendingBytes: waiting.bytes + (hand?.bytes ?? 0),
        pendingRecords: waiting.count + (hand?.records ?? 0),
        oldestSeconds: oldest.map { max(0, now.seconds(since: $0)) } ?? 0)
    }
  }

  /// Asks the thread to end after what is pending; the sink is told to finish until `deadline` of the wall clock.
  func beginClosing(until deadline: Timestamp) {
    monitor.withLock {
      if end == nil { end = deadline }
      monitor.signal()
    }
  }

  /// Waits for that, at most until `deadline`. What the sink has not taken by then is counted as lost, and that once:
  /// should the sink come back later, its last hand-over is counted too much rather than too little.
  func awaitEnd(until deadline: MonotonicInstant) {
    let lost = monitor.withLock {
      while !isEnded, monitor.wait(until: deadline) {}
      let lost = waiting.count + (hand?.records ?? 0)
      waiting.removeAll()
      hand = nil
      return lost
    }
    if lost > 0 { onEvent(.dropped(.unsent, records: lost)) }
  }

  private func run() {
    while true {
      switch next(idleAt: sink.secondsUntilIdle.map(MonotonicInstant.after)) {
      case .write(let records):
        let error = perform { () throws(LogSinkError) in try sink.write(records) }
        let isOurs = monitor.withLock {
          defer { hand = nil }
          return hand != nil
        }
        report(failures.note(.write, error), error, lost: isOurs ? error?.lostRecords ?? records.count : 0)
      case .idle:
        let error = perform { () throws(LogSinkError) in try sink.idle() }
        report(failures.note(.idle, error), error, lost: error?.lostRecords ?? 0)
      case .finish(let deadline):
        sink.finish(until: deadline)
        monitor.withLock {
          isEnded = true
          monitor.signal()
        }
        return
      }
    }
  }

  private func perform(_ body: () throws(LogSinkError) -> Void) -> LogSinkError? {
    do {
      try body()
      return nil
    } catch {
      return error
    }
  }

  private func report(_ edge: SinkFailures.Edge?, _ error: LogSinkError?, lost: Int) {
    if let error, lost > 0 { onEvent(.dropped(.refused(error), records: lost)) }
    switch edge {
    case .failing: if let error { onEvent(.failing(error)) }
    case .recovered: onEvent(.recovered)
    case nil: break
    }
  }

  private func next(idleAt: MonotonicInstant?) -> Step {
    monitor.lock()
    defer {
      phase = .working
      monitor.unlock()
    }
    while waiting.isEmpty {
      if let end { return .finish(until: end) }
      phase = .waitingForRecord
      if let idleAt {
        if !monitor.wait(until: idleAt), waiting.isEmpty, end == nil { return .idle }
      } else {
        monitor.wait()
      }
    }
    gather()
    let bytes = waiting.bytes
    guard let oldest = waiting.oldest else { return .idle }
    let records = waiting.removeHandOver()
    hand = (records.count, bytes - waiting.bytes, oldest)
    return .write(records)
  }

  private func gather() {
    guard end == nil, !waiting.hasFullHandOver, !waiting.hasUrgent else { return }
    phase = .gathering
    let deadline = MonotonicInstant.after(seconds: Self.gatheringMilliseconds / 1_000)
    while monitor.wait(until: deadline), end == nil, !waiting.hasFullHandOver, !waiting.hasUrgent {}
  }
}
