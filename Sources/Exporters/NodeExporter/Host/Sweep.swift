import ExporterKit
import Synchronization
import Telemetry

/// One reading of the host by several threads, which take the collectors one after the other. A collector that passes
/// its limit is given up: its thread is left behind, since nothing can end a system call that hangs, and another takes
/// its place.
final class Sweep: Sendable {
  /// As many as make sense where the work is the kernel's and one of them may wait.
  static let threads = 2
  /// How often limits are looked at where none is nearer.
  private static let checkMilliseconds = 250

  private let host: NodeHost
  private let collectors: [any NodeCollector]
  private let deadline: ContinuousClock.Instant
  private let progress: ScrapeProgress
  private let stuck: StuckCollectors
  private let threads: ReadingThreads
  private let alarm: Alarm
  private let state: Mutex<SweepState>

  init(
    _ host: NodeHost, _ collectors: [any NodeCollector], until deadline: ContinuousClock.Instant,
    _ progress: ScrapeProgress, _ stuck: StuckCollectors, _ threads: ReadingThreads,
    _ alarm: Alarm
  ) {
    self.host = host.forOneSweep()
    self.collectors = collectors
    self.deadline = deadline
    self.progress = progress
    self.stuck = stuck
    self.threads = threads
    self.alarm = alarm
    state = Mutex(SweepState(count: collectors.count))
  }

  /// Returns when every collector has ended or was given up.
  func run() async {
    let started = (0..<min(Self.threads, collectors.count)).count { _ in startThread() }
    if started == 0 { failRest(ThreadShortage()) }
    watch()
    await withCheckedContinuation { continuation in
      if state.withLock({ $0.wait(continuation) }) { continuation.resume() }
    }
    if let check = state.withLock({ $0.check }) { alarm.cancel(check) }
  }

  /// Looks for those that are late, until all have ended.
  private func watch() {
    guard let next = nextCheck() else { return }
    let check = alarm.set(at: next) { [self] in
      giveUp(at: .now)
      watch()
    }
    state.withLock { $0.check = check }
  }

  /// - Returns: false where the system has no thread left.
  private func startThread() -> Bool { threads.start { [self] in while let index = take() { read(index) } } }

  /// Those that have not begun.
  private func failRest(_ error: any Error) {
    while let index = take() { end(index) { progress.fail(collectors[index].name, error) } }
  }

  private func take() -> Int? {
    state.withLock { state in state.take { min(deadline, .now + collectors[$0].limit) } }
  }

  private func read(_ index: Int) {
    let collector = collectors[index]
    guard stuck.begin(collector.name) else {
      return end(index) { progress.fail(collector.name, CollectorStuck()) }
    }
    progress.begin(collector.name)
    var batch = SampleBatch()
    let result = Result { try collector.read(host, into: &batch) }
    stuck.end(collector.name)
    end(index) {
      switch result {
      case .success: progress.succeed(collector.name, with: batch)
      case .failure(let error): progress.fail(collector.name, error)
      }
    }
  }

  /// Tells how a collector ended, unless it was given up meanwhile.
  private func end(_ index: Int, _ tell: () -> Void) {
    guard state.withLock({ $0.end(index) }) else { return }
    tell()
    state.withLock { $0.told() }?.resume()
  }

  private func nextCheck() -> ContinuousClock.Instant? {
    state.withLock { state in
      state.isOver ? nil : min(state.nextLimit ?? deadline, .now + .milliseconds(Self.checkMilliseconds))
    }
  }

  private func giveUp(at now: ContinuousClock.Instant) {
    for index in state.withLock({ $0.late(at: now) }) {
      end(index) { progress.fail(collectors[index].name, CollectorTimeout()) }
      guard now < deadline, state.withLock({ $0.isAnyWaiting }), !startThread() else { continue }
      // Whoever still runs takes the rest; where nobody does, say so rather than wait for the deadline.
      if !state.withLock({ $0.isAnyRunning }) { failRest(ThreadShortage()) }
    }
    if now >= deadline { failRest(CollectorTimeout()) }
  }
}

/// Which collectors of a sweep wait, run and have ended. It does no IO.
struct SweepState {
  private enum Phase {
    case waiting
    case running(until: ContinuousClock.Instant)
    case ended
  }

  private var phases: [Phase]
  private var next = 0
  private var untold: Int
  /// The next look for those that are late.
  var check: Alarm.Token?
  private var waiter: CheckedContinuation<Void, Never>?

  init(count: Int) {
    phases = [Phase](repeating: .waiting, count: count)
    untold = count
  }

  var isOver: Bool { untold == 0 }
  var isAnyWaiting: Bool { next < phases.count }
  var isAnyRunning: Bool { phases.contains { if case .running = $0 { true } else { false } } }

  /// The next collector, whose time runs from now.
  mutating func take(limit: (Int) -> ContinuousClock.Instant) -> Int? {
    guard next < phases.count else { return nil }
    defer { next += 1 }
    phases[next] = .running(until: limit(next))
    return next
  }

  /// - Returns: false where it had ended already.
  mutating func end(_ index: Int) -> Bool {
    if case .ended = phases[index] { return false }
    phases[index] = .ended
    return true
  }

  /// The end of one has been told. - Returns: who is to be woken, with the last one.
  mutating func told() -> CheckedContinuation<Void, Never>? {
    untold -= 1
    guard untold == 0 else { return nil }
    defer { waiter = nil }
    return waiter
  }

  /// - Returns: whether there is nothing to wait for.
  mutating func wait(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
    if untold > 0 { waiter = continuation }
    return untold == 0
  }

  var nextLimit: ContinuousClock.Instant? {
    phases.compactMap { if case .running(let limit) = $0 { limit } else { nil } }.min()
  }

  func late(at now: ContinuousClock.Instant) -> [Int] {
    phases.indices.filter { if case .running(let limit) = phases[$0] { limit <= now } else { false } }
  }
}
