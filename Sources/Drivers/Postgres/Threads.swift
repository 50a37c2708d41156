import CLibpq
import Glibc
import Synchronization

/// Threads for calls that block and cannot be made otherwise: `getaddrinfo` and `PQcancel`. Never the cooperative pool.
final class BoundedThreads: Sendable {
  private struct State {
    var threads = 0
    var jobs: [@Sendable () -> Void] = []
  }

  private let name: String
  private let maximumThreads: Int
  private let maximumWaitingJobs: Int
  private let state = Mutex(State())

  init(name: String, maximumThreads: Int, maximumWaitingJobs: Int) {
    self.name = name
    self.maximumThreads = maximumThreads
    self.maximumWaitingJobs = maximumWaitingJobs
  }

  /// Runs the job on one of the threads. False when all are busy and the queue is full: it will not run.
  func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
    enum Plan { case start, wait, refuse }
    let plan = state.withLock { state -> Plan in
      if state.threads < maximumThreads {
        state.threads += 1
        return .start
      }
      guard state.jobs.count < maximumWaitingJobs else { return .refuse }
      state.jobs.append(job)
      return .wait
    }
    guard plan == .start else { return plan == .wait }
    let started = startThread(named: name) { [self] in
      job()
      while let next = nextJob() { next() }
    }
    if !started { state.withLock { $0.threads -= 1 } }
    return started
  }

  private func nextJob() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard !state.jobs.isEmpty else {
        state.threads -= 1
        return nil
      }
      return state.jobs.removeFirst()
    }
  }
}

/// Starts a detached thread that takes no signals. `name` has at most 15 bytes. False when the system has none left.
func startThread(named name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
  final class Box {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
  let box = Unmanaged.passRetained(
    Box {
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_SETMASK, &all, nil)
      clibpq_name_thread(name)
      body()
    })
  var thread = pthread_t()
  let failure = pthread_create(
    &thread, nil,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }, box.toOpaque())
  guard failure == 0 else {
    box.release()
    return false
  }
  pthread_detach(thread)
  return true
}
