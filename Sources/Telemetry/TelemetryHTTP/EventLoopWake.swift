import NIOCore
import NIOPosix
import Synchronization

/// Timers on event loops, for measuring how late they run.
public enum EventLoopWake {
  /// A function that waits for a delay on one of the group's loops, the next in turn at each call, and gives the time
  /// at which that loop ran the timer. Cancelling the task ends the wait at once, even where the loop stands still.
  ///
  /// The default group is the one that servers share which have none of their own. Nobody may call this once the group
  /// has shut down, which SwiftNIO's debug builds end the process for.
  public static func inTurn(
    _ group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
  ) -> @Sendable (_ delay: Duration) async throws -> ContinuousClock.Instant {
    { delay in
      let answer = Answer()
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          answer.expect(by: continuation)
          group.next().scheduleTask(in: TimeAmount(delay)) { answer.give(.success(.now)) }
        }
      } onCancel: {
        answer.give(.failure(CancellationError()))
      }
    }
  }

  /// The first of two answers. Not a promise of the loop's, which a loop that stands still does not complete.
  private final class Answer: Sendable {
    private typealias Continuation = CheckedContinuation<ContinuousClock.Instant, any Error>

    private struct State {
      var given: Result<ContinuousClock.Instant, any Error>?
      var continuation: Continuation?
    }

    private let state = Mutex(State())

    func expect(by continuation: CheckedContinuation<ContinuousClock.Instant, any Error>) {
      let given = state.withLock { state in
        if state.given == nil { state.continuation = continuation }
        return state.given
      }
      if let given { continuation.resume(with: given) }
    }

    func give(_ result: Result<ContinuousClock.Instant, any Error>) {
      let waiting: Continuation? = state.withLock { state in
        if state.given == nil { state.given = result }
        defer { state.continuation = nil }
        return state.continuation
      }
      waiting?.resume(with: result)
    }
  }
}
