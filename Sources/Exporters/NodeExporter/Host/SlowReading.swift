import Dispatch
import Synchronization
import Telemetry

/// Readings that may sleep in the kernel, each for some milliseconds: one after the other as long as they are fast, then
/// side by side on threads that live no longer than that. One that hangs is left out, and not begun again before it has
/// come back; its thread counts until then, so that never more than `maximumThreads` are left behind.
final class SlowReading<Subject: Hashable & Sendable, Reading: Sendable>: Sendable {
  /// What all of them may take before the rest is read side by side.
  private static var patienceMilliseconds: Int { 5 }
  /// Beside the one that asks, with those that hang since an earlier call.
  static var maximumThreads: Int { 16 }
  /// For all of a call, unless its own thread hangs: less than what a collector may take, so that it has the others'.
  static var waitMilliseconds: Int { 2_000 }

  typealias Read = @Sendable (Subject) -> Reading?

  private struct State {
    var threads = 0
    var running: Set<Subject> = []
  }

  /// One call's.
  private final class Work: Sendable {
    let queue: Mutex<ArraySlice<Subject>>
    let readings = Mutex<[Subject: Reading]>([:])
    let ended = DispatchSemaphore(value: 0)

    init(_ subjects: [Subject]) { queue = Mutex(subjects[...]) }
  }

  private let state = Mutex(State())
  private let wait: Duration

  init(wait: Duration = .milliseconds(waitMilliseconds)) { self.wait = wait }

  /// Threads that read at this moment, beside those that ask.
  var threads: Int { state.withLock(\.threads) }

  /// - Parameters:
  ///   - subjects: each at most once.
  ///   - read: may be called on several threads at once.
  /// - Returns: the readings, in the order of what was read; nil for what could not be read or did not come in time.
  func all(_ subjects: [Subject], _ read: @escaping Read) -> [Reading?] {
    let work = Work(subjects)
    let start = ContinuousClock.now
    let end = start + wait
    readNext(of: work, until: min(end, start + .milliseconds(Self.patienceMilliseconds)), read)
    // One is left for this thread.
    let wanted = work.queue.withLock { $0.count - 1 }
    let started = (0..<max(0, min(Self.maximumThreads, wanted))).count { _ in startThread(for: work, until: end, read) }
    readNext(of: work, until: end, read)
    let limit = DispatchTime.now() + .milliseconds(Int(max(.zero, end - .now) / .milliseconds(1)))
    for _ in 0..<started where work.ended.wait(timeout: limit) == .timedOut { break }
    let readings = work.readings.withLock { $0 }
    return subjects.map { readings[$0] }
  }

  /// - Returns: false where as many read, or hang, as may, and where the system has no thread left.
  private func startThread(for work: Work, until end: ContinuousClock.Instant, _ read: @escaping Read) -> Bool {
    let isFree = state.withLock { state in
      guard state.threads < Self.maximumThreads else { return false }
      state.threads += 1
      return true
    }
    guard isFree else { return false }
    let hasStarted = DetachedThread.start { [self] in
      readNext(of: work, until: end, read)
      state.withLock { $0.threads -= 1 }
      work.ended.signal()
    }
    if !hasStarted { state.withLock { $0.threads -= 1 } }
    return hasStarted
  }

  /// One after the other, until there is none any more or the time is over.
  private func readNext(of work: Work, until end: ContinuousClock.Instant, _ read: Read) {
    while .now < end, let subject = work.queue.withLock({ $0.popFirst() }) {
      guard state.withLock({ $0.running.insert(subject).inserted }) else { continue }
      let reading = read(subject)
      if let reading { work.readings.withLock { $0[subject] = reading } }
      state.withLock { _ = $0.running.remove(subject) }
    }
  }
}
