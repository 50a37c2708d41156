import CLibpq
import Glibc
import Synchronization

/// The one thread that waits: for sockets to become ready and for deadlines to pass.
///
/// A registration is answered exactly once, as ready, timed out or cancelled, and nobody touches its descriptor after
/// that, so that it may be closed or reused. A descriptor stays in epoll until its last copy is closed, and is armed for
/// one event at a time (`EPOLLONESHOT`): one system call a wait, and none under the lock.
final class Reactor: Sendable {
  enum Outcome: Sendable { case ready, timedOut, cancelled }

  struct Interest: OptionSet, Sendable {
    let rawValue: UInt32
    static let read = Interest(rawValue: EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
    static let write = Interest(rawValue: EPOLLOUT.rawValue)
  }

  typealias Token = UInt64

  private static let maximumEventsPerTurn = 64
  /// The token of the descriptor that interrupts `epoll_wait`; registrations count from 1.
  private static let wakeToken: Token = 0
  private static let process = Mutex<Reactor?>(nil)

  private let epoll: Int32
  private let wake: Int32
  private let tokens = Atomic<Token>(wakeToken)
  private let state = Mutex(Registrations())
  private let jobs = Mutex<[UnownedJob]>([])
  /// The reactor's own thread, as pthread_self says; 0 before it runs.
  private let thread = Atomic<UInt>(0)

  /// The process's reactor; it is started at first use.
  static func shared() throws(PostgresError) -> Reactor {
    let found = process.withLock { reactor -> Reactor? in
      if reactor == nil { reactor = Reactor() }
      return reactor
    }
    guard let found else {
      throw PostgresError(.unavailable, "no epoll descriptor or thread is left; raise the limits on files and threads")
    }
    return found
  }

  private init?() {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wake = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: Self.wakeToken))
    guard epoll >= 0, wake >= 0, epoll_ctl(epoll, EPOLL_CTL_ADD, wake, &event) == 0,
      startThread(named: "postgres-poll", { [self] in run() })
    else {
      if epoll >= 0 { close(epoll) }
      if wake >= 0 { close(wake) }
      return nil
    }
  }

  /// Suspends until the descriptor is ready, the deadline has passed or, if heeded, the task is cancelled.
  func wait(
    for interest: Interest, on descriptor: Int32, until deadline: ContinuousClock.Instant, heedingCancellation: Bool,
    isolation: isolated (any Actor)? = #isolation
  ) async -> Outcome {
    let token = newToken()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        register(token, descriptor, interest, deadline) { continuation.resume(returning: $0) }
        // A cancellation that came before the registration found nothing to cancel.
        if heedingCancellation, Task.isCancelled { finish(token, .cancelled) }
      }
    } onCancel: {
      if heedingCancellation { finish(token, .cancelled) }
    }
  }

  /// Calls `action` on the reactor's thread at the deadline, unless cancelled before; it must be short.
  func schedule(at deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> Token {
    let token = newToken()
    register(token, nil, [], deadline) { if $0 == .timedOut { action() } }
    return token
  }

  /// Forgets a scheduled action.
  func cancel(_ token: Token) { finish(token, .cancelled) }

  private func newToken() -> Token { tokens.add(1, ordering: .relaxed).newValue }

  private func register(
    _ token: Token, _ descriptor: Int32?, _ interest: Interest, _ deadline: ContinuousClock.Instant,
    _ completion: @escaping @Sendable (Outcome) -> Void
  ) {
    let registration = Registration(deadline: deadline, completion: completion)
    let isFirst = state.withLock { $0.add(token, registration) }
    // Whoever waits reads or writes next, and learns there what is wrong with the descriptor.
    if let descriptor, !arm(descriptor, interest, token) { finish(token, .ready) }
    registration.arm()
    if isFirst { wakeUp() }
  }

  private func arm(_ descriptor: Int32, _ interest: Interest, _ token: Token) -> Bool {
    var event = epoll_event(
      events: interest.rawValue | EPOLLONESHOT.rawValue, data: epoll_data_t(u64: token))
    if epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) == 0 { return true }
    return errno == ENOENT && epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0
  }

  /// Does nothing for what has ended: a descriptor whose wait timed out is armed until its next one.
  private func finish(_ token: Token, _ outcome: Outcome) {
    let registration = state.withLock { $0.remove(token) }
    registration?.finish(outcome)
  }

  /// The thread itself looks before it sleeps.
  private func wakeUp() {
    if thread.load(ordering: .relaxed) != pthread_self() { interrupt() }
  }

  private func interrupt() {
    var one: UInt64 = 1
    _ = write(wake, &one, MemoryLayout.size(ofValue: one))
  }

  /// Runs what was enqueued until nothing more is.
  private func runJobs() {
    while true {
      let ready = jobs.withLock { jobs in
        defer { jobs = [] }
        return jobs
      }
      if ready.isEmpty { return }
      for job in ready { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
  }

  private func run() {
    thread.store(pthread_self(), ordering: .relaxed)
    var events = [epoll_event](repeating: epoll_event(), count: Self.maximumEventsPerTurn)
    while true {
      runJobs()
      let timeout = state.withLock { $0.millisecondsUntilNextScan(from: .now) }
      let count = epoll_wait(epoll, &events, Int32(events.count), timeout)
      for event in events.prefix(Int(max(0, count))) {
        if event.data.u64 == Self.wakeToken {
          var counter: UInt64 = 0
          _ = read(wake, &counter, MemoryLayout.size(ofValue: counter))
        } else {
          finish(event.data.u64, .ready)
        }
      }
      let expired = state.withLock { state in
        state.expired(at: .now).compactMap { state.remove($0) }
      }
      for registration in expired { registration.finish(.timedOut) }
    }
  }
}

/// Tasks that prefer it run on the reactor's thread, so that none of their waits changes threads: for exporters, whose
/// few connections do little work between two waits. A service does better on the event loops that read its requests.
extension Reactor: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isFirst = jobs.withLock { jobs in
      defer { jobs.append(job) }
      return jobs.isEmpty
    }
    if isFirst { wakeUp() }
  }
}

/// What runs tasks on the thread that waits for the sockets.
package enum PostgresExecutor {
  /// nil where the system has no thread left for it.
  package static func shared() -> (any TaskExecutor)? { try? Reactor.shared() }
}
