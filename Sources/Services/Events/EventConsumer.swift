import Logging
import Redis
import ServiceLifecycle
import Synchronization
import Telemetry

/// Gives a group's events to a handler: at least once, those of a product in their order, several products at once.
///
/// One member of a group consumes at a time, since a group of Redis gives a product's entries to whoever asks: the others
/// wait until its turn is over. Whoever takes over begins with what the one before did not acknowledge.
///
/// Redis may go away and come back, also without its data: then the group is made anew and reads the stream from its
/// first entry; what was handled already is left out.
package final class EventConsumer: Service {
  /// Errors are tried again; a cancelled task's is none.
  package typealias Handler = @Sendable (Event) async throws -> Void

  static let measuringInterval = Duration.seconds(5)
  static let waitForTurn = Duration.milliseconds(250)

  let settings: ConsumerSettings
  private let redis: RedisConfiguration
  let handler: Handler
  let metrics: ConsumerMetrics
  let logger: Logger
  /// Outlives connections: what was handled and could not be acknowledged is not handled again.
  let recent: RecentEvents
  private let isConsuming = Atomic(false)

  package init(
    settings: ConsumerSettings, redis: RedisConfiguration, registry: Registry, logger: Logger,
    recent: RecentEvents = RecentEvents(), handler: @escaping Handler
  ) {
    self.settings = settings
    self.redis = redis
    self.handler = handler
    self.logger = logger
    self.recent = recent
    metrics = ConsumerMetrics(registry)
  }

  /// Consumes until a graceful shutdown; then finishes and acknowledges what has been begun, and begins nothing more.
  package func run() async throws {
    var failures = 0
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      do {
        try await consume()
        failures = 0
      } catch {
        if Task.isShuttingDownGracefully || Task.isCancelled { return }
        failures = isConsuming.exchange(false, ordering: .acquiringAndReleasing) ? 1 : failures + 1
        if failures == 1 { logger.warning("no events are consumed", metadata: ["cause": "\(error)"]) }
        let delay = RetryDelay.after(failures: failures)
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: delay) }
      }
    }
  }

  private func consume() async throws {
    let link = try await ConsumerLink(settings, redis)
    let lanes = Lanes(count: settings.lanes)
    let outcome = await withTaskGroup(of: Void.self) { group in
      for lane in 0..<lanes.count {
        group.addTask { await lanes.run(lane) { await self.handle($0, link, lanes) } }
      }
      let outcome: Result<Void, any Error>
      do {
        try await cancelWhenGracefulShutdown { try await self.feed(lanes, link) }
        outcome = .success(())
      } catch {
        outcome = .failure(error)
      }
      metrics.setWaiting(nil)
      lanes.stop()
      await group.waitForAll()
      return outcome
    }
    // Without it the next member waits until the turn ends by itself.
    try? await link.giveTurnBack()
    await link.close()
    try outcome.get()
  }

  /// Reads until the first of its parts ends.
  private func feed(_ lanes: Lanes, _ link: ConsumerLink) async throws {
    while try await !link.takeTurn() {
      metrics.setWaiting(nil)
      try await Task.sleep(for: Self.waitForTurn)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await self.keepTurn(link) }
      group.addTask { try await self.measure(link) }
      group.addTask { try await self.read(into: lanes, link) }
      defer { group.cancelAll() }
      _ = try await group.next()
    }
  }

  private func keepTurn(_ link: ConsumerLink) async throws {
    while true {
      try await Task.sleep(for: settings.turn / 3)
      guard try await link.takeTurn() else { throw TurnLost() }
    }
  }

  private func measure(_ link: ConsumerLink) async throws {
    while true {
      do {
        metrics.setWaiting(try await link.waiting())
      } catch let error as RedisError where error.kind == .server {
        metrics.setWaiting(nil)
      }
      try await Task.sleep(for: Self.measuringInterval)
    }
  }

  private func read(into lanes: Lanes, _ link: ConsumerLink) async throws {
    try await link.makeGroup()
    for id in try await link.handled(recent.capacity) { recent.insert(id) }
    try await recover(lanes, link)
    isConsuming.store(true, ordering: .releasing)
    while true {
      try await lanes.wait(untilBelow: settings.maximumInFlight)
      do {
        for delivery in try await link.read() { lanes.submit(delivery) }
      } catch {
        guard error.code == "NOGROUP" || error.code == "UNBLOCKED" else { throw error }
        logger.warning("the group is gone and made anew", metadata: ["group": "\(settings.group)"])
        try await link.makeGroup()
      }
    }
  }

  /// What nobody acknowledged comes first. What was begun more than once is handled alone: should it kill the process,
  /// no other event is blamed.
  private func recover(_ lanes: Lanes, _ link: ConsumerLink) async throws {
    var cursor = "0-0"
    repeat {
      let claimed = try await link.claim(from: cursor)
      cursor = claimed.next
      for delivery in claimed.deliveries {
        let isSuspect = delivery.attempt > 2
        try await lanes.wait(untilBelow: isSuspect ? 1 : settings.maximumInFlight)
        lanes.submit(delivery)
        if isSuspect { try await lanes.wait(untilBelow: 1) }
      }
    } while cursor != "0-0"
    try await lanes.wait(untilBelow: 1)
  }
}

/// Another member of the group consumes now.
private struct TurnLost: Error, CustomStringConvertible {
  var description: String { "another member of the group has taken its turn" }
}
