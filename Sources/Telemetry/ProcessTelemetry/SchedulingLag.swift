import Catalog
import ServiceLifecycle
import Telemetry

/// Measures how late an executor runs what it was asked to run at a time: `runtime_scheduling_lag_seconds`.
///
/// An executor that stands still is seen when it moves again: its watchdog is the service manager's.
package struct SchedulingLag: Service {
  /// Waits on the executor that is measured, and says when it woke there.
  package typealias Wake = @Sendable (Duration) async throws -> ContinuousClock.Instant

  package static let periodSeconds = 1

  private let lag: HistogramInstrument<ExecutorLabel>
  private let executor: ExecutorLabel
  private let period: Duration
  private let wake: Wake

  /// - Parameters:
  ///   - period: between two measurements, each of which costs a timer.
  ///   - wake: for NIO's loops, `EventLoopWake` of TelemetryHTTP.
  package init(
    _ registry: Registry, of executor: ExecutorLabel, every period: Duration = .seconds(periodSeconds),
    wake: @escaping Wake
  ) {
    lag = registry.histogram(Runtime.schedulingLag)
    self.executor = executor
    self.period = period
    self.wake = wake
  }

  /// Of the pool that runs Swift's tasks.
  package static func ofCooperativePool(_ registry: Registry, every period: Duration = .seconds(periodSeconds)) -> Self
  {
    SchedulingLag(registry, of: .cooperative, every: period) { delay in
      try await Task.sleep(for: delay)
      return .now
    }
  }

  /// Until graceful shutdown or cancellation.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let due = ContinuousClock.now + period
        guard let woken = try? await wake(period) else { return }
        lag.observe(max(0, (woken - due) / .seconds(1)), executor)
      }
    }
  }
}
