import CLibpq
import Glibc
import Synchronization

/// A blocking call on a helper thread whose end the reactor sees through an eventfd.
///
/// The caller may stop waiting; the thread then finishes alone. Several may wait for one call.
final class BlockingCall<Answer: Sendable>: Sendable {
  private let descriptor: Int32
  private let answer = Mutex<Answer?>(nil)

  /// Nil when no thread or descriptor is left for it.
  init?(on threads: BoundedThreads, _ call: @escaping @Sendable () -> Answer) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    guard descriptor >= 0 else { return nil }
    let submitted = threads.submit { [self] in
      let value = call()
      answer.withLock { $0 = value }
      var one: UInt64 = 1
      _ = write(descriptor, &one, MemoryLayout.size(ofValue: one))
    }
    guard submitted else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  var isFinished: Bool { answer.withLock { $0 != nil } }

  func value(
    _ reactor: Reactor, until deadline: ContinuousClock.Instant, heedingCancellation: Bool,
    isolation: isolated (any Actor)? = #isolation
  ) async throws(Interruption) -> Answer {
    // epoll has each descriptor once, and others may wait.
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard own >= 0 else { throw .lost("no descriptor is left") }
    defer { close(own) }
    let outcome = await reactor.wait(
      for: .read, on: own, until: deadline, heedingCancellation: heedingCancellation)
    if let value = answer.withLock({ $0 }) { return value }
    throw outcome == .cancelled ? .cancelled : .timedOut
  }
}

/// Why a wait ended without what was waited for.
enum Interruption: Error {
  case timedOut, cancelled
  case lost(String)
}
