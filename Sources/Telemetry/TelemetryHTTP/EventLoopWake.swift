import NIOCore

/// Timers on event loops, for measuring how late they run.
public enum EventLoopWake {
  /// A function that waits for a delay on one of the group's loops, the next in turn at each call, and gives the time
  /// at which that loop ran the timer. A loop that has shut down is an error.
  public static func inTurn(
    _ group: any EventLoopGroup
  ) -> @Sendable (_ delay: Duration) async throws -> ContinuousClock.Instant {
    { delay in
      let timer = group.next().scheduleTask(in: TimeAmount(delay)) { ContinuousClock.now }
      return try await withTaskCancellationHandler {
        try await timer.futureResult.get()
      } onCancel: {
        timer.cancel()
      }
    }
  }
}
