import Logging
import ServiceLifecycle
import Synchronization

/// Tells the service manager that the process serves, lives and stops.
///
/// It belongs last in a `ServiceGroup`, which stops its services from the last to the first, so that `STOPPING=1` is
/// sent before anything stops.
public final class ServiceManagerNotifier: Service {
  private let manager = ServiceManager()
  private let logger: Logger
  private let isHealthy: @Sendable () async -> Bool
  private let serving = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
  private let checks = Mutex(Checks())

  private struct Checks {
    var isUnderWay = false
    /// The last one failed, or took too long: said once.
    var isFailing = false
  }

  /// - Parameter isHealthy: asked at half of the watchdog's period, and to answer within that. It is to prove that what
  ///   serves moves (an event loop, the cooperative pool, which runs it) and must not ask for more: a process that
  ///   waits for its database is not to be killed.
  public init(logger: Logger, isHealthy: @escaping @Sendable () async -> Bool) {
    self.logger = logger
    self.isHealthy = isHealthy
  }

  /// The process accepts requests; the first call counts.
  public func setServing() {
    serving.continuation.yield()
    serving.continuation.finish()
  }

  /// Until graceful shutdown or cancellation.
  public func run() async throws {
    await withDiscardingTaskGroup { group in
      group.addTask {
        for await _ in self.serving.stream { await self.send(.ready) }
        if !Task.isCancelled { await self.keepWatchdog() }
      }
      // A cancelled task stops in the same way.
      try? await gracefulShutdown()
      group.cancelAll()
      await self.send(.stopping)
    }
  }

  private func send(_ message: ServiceManager.Message) async {
    switch await manager.send(message) {
    case .sent, .noManager: return
    case let outcome:
      logger.error(
        "the service manager was not told", metadata: ["notification": "\(message)", "cause": "\(outcome)"])
    }
  }

  private func keepWatchdog() async {
    guard let microseconds = ServiceManager.watchdogMicroseconds else { return }
    let period = Duration.microseconds(Int64(clamping: microseconds / 2))
    while !Task.isCancelled {
      startCheck(limit: period)
      try? await Task.sleep(for: period)
    }
  }

  /// One check at a time, beside the loop: a check that hangs neither ends the loop nor piles up.
  private func startCheck(limit: Duration) {
    let isFree = checks.withLock { checks in
      defer { checks.isUnderWay = true }
      return !checks.isUnderWay
    }
    guard isFree else { return note(isFailing: true, limit) }
    Task {
      let start = ContinuousClock.now
      let answer = await isHealthy()
      let isInTime = answer && ContinuousClock.now - start <= limit
      if isInTime { await send(.watchdog) }
      checks.withLock { $0.isUnderWay = false }
      note(isFailing: !isInTime, limit)
    }
  }

  private func note(isFailing: Bool, _ limit: Duration) {
    let isChange = checks.withLock { checks in
      defer { checks.isFailing = isFailing }
      return checks.isFailing != isFailing
    }
    guard isChange else { return }
    if isFailing {
      logger.error(
        "no health within the limit: the service manager's watchdog is not kept, and ends this process if that lasts",
        metadata: ["limit": "\(limit)"])
    } else {
      logger.notice("healthy again: the service manager's watchdog is kept")
    }
  }
}
