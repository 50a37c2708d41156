import Synchronization

/// What is read blocking when a session is opened, as a password's file is: on a thread of its own, so that a pipe
/// without a writer or a mount whose server is gone keep nobody waiting but those who need it.
///
/// Whoever asks while a reading runs waits for that one: there is never a second, however often it is asked. The thread
/// costs some 50 µs, beside a session that costs milliseconds.
package final class BlockingRead<Value: Sendable>: Sendable {
  private let read: @Sendable () -> Value
  /// One may wait: a thread takes a moment to end after its answer.
  private let threads = BoundedThreads(name: "postgres-file", maximumThreads: 1, maximumWaitingJobs: 1)
  private let latest = Mutex<BlockingCall<Value>?>(nil)

  package init(_ read: @escaping @Sendable () -> Value) { self.read = read }

  /// - Returns: nil when it was not read by the deadline.
  /// - Throws: `.cancelled`; `.unavailable` when no thread or descriptor is left.
  package func value(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> Value? {
    let reactor = try Reactor.shared()
    guard let call = call() else { throw Self.exhausted }
    do {
      return try await call.value(reactor, until: deadline, heedingCancellation: true)
    } catch {
      switch error {
      case .timedOut: return nil
      case .cancelled: throw PostgresError(.cancelled, "the task was cancelled while the settings were read")
      case .lost: throw Self.exhausted
      }
    }
  }

  private static var exhausted: PostgresError {
    PostgresError(.unavailable, "no descriptor or thread is left; raise the limits on files and threads")
  }

  private func call() -> BlockingCall<Value>? {
    latest.withLock { latest in
      if let running = latest, !running.isFinished { return running }
      latest = BlockingCall(on: threads, read)
      return latest
    }
  }
}
