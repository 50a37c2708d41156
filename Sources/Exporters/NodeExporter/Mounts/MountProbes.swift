import Synchronization
import Telemetry

/// Asks the mounts that may hang for their space, on threads that can be left behind: a dead server costs the first
/// scrape that meets it `waitMilliseconds`, and every later one nothing.
///
/// A mount that was late is asked again in the background, at growing intervals, and waited for again once it has
/// answered in time. It keeps one thread at the most, however long it hangs.
final class MountProbes: Sendable {
  /// That may hang at the same time, for all mounts together.
  static let maximumThreads = 16
  /// For all mounts of a scrape together. Who scrapes with a limit of a second leaves half of it for the work.
  static let waitMilliseconds = 400
  /// After so long without an answer another thread takes over what waits behind a mount that may hang.
  static let relayMilliseconds = 50
  static let firstRetrySeconds = 1
  static let maximumRetrySeconds = 60

  struct Key: Sendable, Hashable {
    let id: Int
    /// As this process reaches it.
    let path: String
  }

  typealias Answer = Result<MountSpace, MountFailure>
  typealias Ask = @Sendable (_ path: String) -> Answer

  private let ask: Ask
  private let wait: Duration
  private let threadLimit: Int
  private let state = Mutex(MountProbeState())

  init(
    wait: Duration = .milliseconds(waitMilliseconds), threadLimit: Int = maximumThreads,
    ask: @escaping Ask = MountProbes.askKernel
  ) {
    self.wait = wait
    self.threadLimit = threadLimit
    self.ask = ask
  }

  static let askKernel: Ask = { path in Result { () throws(MountFailure) in try MountSpace(of: path) } }

  /// Answers in the order of the keys; blocks for `wait` at the longest.
  func answers(_ keys: [Key]) -> [Answer] {
    let start = ContinuousClock.now
    let survey = state.withLock { $0.begin(keys, at: start) }
    for key in survey.background { startThread { [self] in askInBackground(key) } }
    guard !survey.isOver, let wakeUp = WakeUp(), startThread({ [self] in work(survey.number, wakeUp) }) else {
      return state.withLock { $0.end(survey, keys, at: start) }
    }
    let deadline = start + wait
    while state.withLock({ $0.isRunning(survey.number) }), .now < deadline {
      let isAwake = wakeUp.wait(until: min(deadline, .now + .milliseconds(Self.relayMilliseconds)))
      if !isAwake { startThread { [self] in work(survey.number, wakeUp) } }
    }
    return state.withLock { $0.end(survey, keys, at: .now) }
  }

  /// Threads that wait for the kernel at this moment.
  var threads: Int { state.withLock(\.threads) }

  /// - Returns: false where as many hang as may.
  @discardableResult
  private func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard state.withLock({ $0.startThread(limit: threadLimit) }) else { return false }
    let hasStarted = DetachedThread.start { [self] in
      body()
      state.withLock { $0.endThread() }
    }
    if !hasStarted { state.withLock { $0.endThread() } }
    return hasStarted
  }

  private func work(_ survey: Int, _ wakeUp: WakeUp) {
    while let key = state.withLock({ $0.take(of: survey, at: .now) }) {
      let answer = ask(key.path)
      state.withLock { $0.receive(answer, of: key, at: .now, wait: wait) }
      wakeUp.wake()
    }
  }

  private func askInBackground(_ key: Key) {
    guard state.withLock({ $0.take(key, at: .now) }) else { return }
    let answer = ask(key.path)
    state.withLock { $0.receive(answer, of: key, at: .now, wait: wait) }
  }
}
