import Glibc

/// An instant that no change of the wall clock moves (CLOCK_MONOTONIC): what waits and deadlines are measured in.
struct MonotonicInstant: Comparable, Sendable {
  static let nanosecondsPerSecond = 1_000_000_000
  /// What a wait is cut to, so that no sum overflows: a day.
  private static let longestWaitSeconds = 86_400.0

  /// Since an origin of the system's.
  let nanoseconds: Int

  static func now() -> MonotonicInstant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return MonotonicInstant(nanoseconds: Int(time.tv_sec) * nanosecondsPerSecond + Int(time.tv_nsec))
  }

  static func after(seconds: Double) -> MonotonicInstant {
    let cut = seconds > 0 ? min(seconds, longestWaitSeconds) : 0
    return MonotonicInstant(nanoseconds: now().nanoseconds + Int(cut * Double(nanosecondsPerSecond)))
  }

  static func < (a: Self, b: Self) -> Bool { a.nanoseconds < b.nanoseconds }
}

/// A mutex with its condition, whose timed waits go by the monotonic clock.
///
/// `@unchecked`: the pointers never change, and what they point to is only used through pthread's functions.
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(changed, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  @inline(__always) func lock() { pthread_mutex_lock(mutex) }
  @inline(__always) func unlock() { pthread_mutex_unlock(mutex) }

  func withLock<Result>(_ body: () -> Result) -> Result {
    lock()
    defer { unlock() }
    return body()
  }

  /// Wakes whoever waits. The mutex is held.
  func signal() { pthread_cond_broadcast(changed) }

  /// Waits for `signal`, with the mutex held before and after; may return without one.
  func wait() { pthread_cond_wait(changed, mutex) }

  /// The same, at most until `deadline`.
  /// - Returns: false where the deadline has passed.
  func wait(until deadline: MonotonicInstant) -> Bool {
    var limit = timespec(
      tv_sec: deadline.nanoseconds / MonotonicInstant.nanosecondsPerSecond,
      tv_nsec: deadline.nanoseconds % MonotonicInstant.nanosecondsPerSecond)
    return pthread_cond_timedwait(changed, mutex, &limit) != ETIMEDOUT
  }
}
