import Glibc
import Synchronization
import Telemetry

/// Threads for what blocks, which wait for the next scrape when they are done: to start and to end one costs as much as
/// to read ten small files. Whoever hangs in the kernel is simply not there when the next ones are wanted.
final class ReadingThreads: Sendable {
  typealias Work = @Sendable () -> Void

  /// As many as a scrape uses where nothing hangs.
  private static let maximumParked = Sweep.threads
  /// Longer than most intervals between scrapes; an exporter that nobody scrapes keeps no thread.
  static let parkingSeconds = 70

  private struct State {
    var parked = 0
    /// For those who are parked: never more than they.
    var work: [Work] = []
  }

  private let state = Mutex(State())
  private let parkingSeconds: Int
  // Only handed to sem_post and sem_timedwait, which any thread may call at any time (sem_overview(7)).
  nonisolated(unsafe) private let wake: UnsafeMutablePointer<sem_t>

  init(parkingSeconds: Int = ReadingThreads.parkingSeconds) {
    self.parkingSeconds = parkingSeconds
    wake = .allocate(capacity: 1)
    wake.initialize(to: sem_t())
    sem_init(wake, 0, 0)
  }

  /// No thread is parked any more: each holds this object.
  deinit {
    sem_destroy(wake)
    wake.deallocate()
  }

  /// - Returns: false where the system has no thread left.
  func start(_ work: @escaping Work) -> Bool {
    let isTaken = state.withLock { state in
      guard state.parked > state.work.count else { return false }
      state.work.append(work)
      return true
    }
    guard !isTaken else { return sem_post(wake) == 0 }
    return DetachedThread.start { [self] in
      work()
      while let next = park() { next() }
    }
  }

  /// - Returns: what to do next; nil where the thread may end.
  private func park() -> Work? {
    let isWanted = state.withLock { state in
      guard state.parked < Self.maximumParked else { return false }
      state.parked += 1
      return true
    }
    guard isWanted else { return nil }
    var end = timespec()
    clock_gettime(CLOCK_REALTIME, &end)
    end.tv_sec += parkingSeconds
    while true {
      let isWoken = sem_timedwait(wake, &end) == 0
      let hasEnded = !isWoken && errno != EINTR
      let next: Work? = state.withLock { state in
        // Work that came just as the time was over is still done; whoever is then woken for it finds none, and waits on.
        guard let work = state.work.popLast() else {
          if hasEnded { state.parked -= 1 }
          return nil
        }
        state.parked -= 1
        return work
      }
      if next != nil || hasEnded { return next }
    }
  }
}
