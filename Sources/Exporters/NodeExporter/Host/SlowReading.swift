import Dispatch
import Synchronization
import Telemetry

/// Readings that may sleep in the kernel, each for some milliseconds: one after the other as long as they are fast, then
/// side by side on threads that live no longer than that.
final class SlowReading<Subject: Sendable, Reading: Sendable>: Sendable {
  /// What all of them may take before the rest is read side by side.
  private static var patienceMilliseconds: Int { 5 }
  private static var maximumThreads: Int { 16 }

  private struct State {
    var next = 0
    var readings: [Int: Reading] = [:]
  }

  private let subjects: [Subject]
  private let read: @Sendable (Subject) -> Reading?
  private let state = Mutex(State())
  private let ended = DispatchSemaphore(value: 0)

  private init(_ subjects: [Subject], _ read: @escaping @Sendable (Subject) -> Reading?) {
    self.subjects = subjects
    self.read = read
  }

  /// - Parameter read: may be called on several threads at once.
  /// - Returns: the readings, in the order of what was read.
  static func all(_ subjects: [Subject], _ read: @escaping @Sendable (Subject) -> Reading?) -> [Reading?] {
    let work = SlowReading(subjects, read)
    let limit = ContinuousClock.now + .milliseconds(patienceMilliseconds)
    while ContinuousClock.now < limit, work.readNext() {}
    let started = (0..<min(maximumThreads, work.left)).count { _ in
      DetachedThread.start {
        while work.readNext() {}
        work.ended.signal()
      }
    }
    while work.readNext() {}
    for _ in 0..<started { work.ended.wait() }
    let readings = work.state.withLock { $0.readings }
    return subjects.indices.map { readings[$0] }
  }

  /// Without the one that this thread will take itself.
  private var left: Int { state.withLock { max(0, subjects.count - $0.next - 1) } }

  /// - Returns: false where there is none any more.
  private func readNext() -> Bool {
    let index = state.withLock { state in
      defer { state.next += 1 }
      return state.next
    }
    guard index < subjects.count else { return false }
    if let reading = read(subjects[index]) { state.withLock { $0.readings[index] = reading } }
    return true
  }
}
