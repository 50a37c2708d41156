import Catalog
import Events
import Logging
import MetricModel
import Postgres
import Redis
import ServiceLifecycle
import Synchronization
import Telemetry

/// Carries events from the outbox to the stream: each at least once, those of a product in their order. Of all replicas
/// one publishes, the one that has the database's lock; another takes over when its session ends.
///
/// What has left is taken out of the table, and whatever is there is what waits: that one has been sent does not mean
/// that all before it were, since transactions of different products commit out of the order of their identifiers.
/// `OutboxFloor` says from where on there may be any.
///
/// An acknowledged event is not on Redis' disk yet: `appendfsync everysec` may lose two seconds. So it stays in
/// `eventos_enviados` until the same run of Redis has lived for `graceSeconds` after it, and goes out again should
/// another run answer first. A Redis without `appendonly yes` keeps what it acknowledged for as long as it runs, no more.
final class OutboxRelay: Service {
  static let batch = 500
  static let graceSeconds = 5.0
  /// How long a committed event waits at most where nobody says that it is there: another replica wrote it.
  static let pollInterval = Duration.milliseconds(100)
  /// From one look into the outbox to the next at least: under load each takes many events.
  static let pace = Duration.milliseconds(20)
  static let upkeepInterval = Duration.seconds(1)
  /// From one look at the whole outbox to the next: `OutboxFloor` knows what the service writes, and not what a hand does.
  static let wholeLookInterval = Duration.seconds(60)
  static let waitForLock = Duration.seconds(1)
  static let maximumRefusals = 5

  private let configuration: PostgresConfiguration
  private let redis: RedisConfiguration
  private let logger: Logger
  /// Called when events have left, whoever made them.
  private let hasPublished: @Sendable () -> Void
  private let published: CounterInstrument<NoLabels>
  private let setAside: CounterInstrument<NoLabels>
  private let wakes: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation
  private let isRelaying = Atomic(false)

  init(
    configuration: PostgresConfiguration, redis: RedisConfiguration, registry: Registry, logger: Logger,
    hasPublished: @escaping @Sendable () -> Void
  ) {
    self.configuration = configuration
    self.redis = redis
    self.logger = logger
    self.hasPublished = hasPublished
    published = registry.counter(Outbox.published)
    setAside = registry.counter(Outbox.setAside)
    (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Something was committed. Costs nothing to speak of; safe from any thread, at any time.
  func nudge() { waker.yield() }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var failures = 0
      while !Task.isCancelled {
        do {
          try await self.lead()
        } catch {
          if Task.isCancelled { return }
          failures = self.isRelaying.exchange(false, ordering: .acquiringAndReleasing) ? 1 : failures + 1
          if failures == 1 { self.logger.warning("events wait in the outbox", metadata: ["cause": "\(error)"]) }
          try? await Task.sleep(for: RetryDelay.after(failures: failures))
        }
      }
    }
  }

  /// Waits for the lock, then publishes until something fails.
  private func lead() async throws {
    let connection = try await PostgresConnection.connect(
      configuration, deadline: .now + OutboxStore.timeout, logger: logger)
    do {
      let store = try await OutboxStore.open(on: connection)
      while try await !store.takeLock() { try await Task.sleep(for: Self.waitForLock) }
      let stream = try await OutboxStream.open(redis)
      do {
        try await relay(from: store, to: stream)
      } catch {
        await stream.close()
        throw error
      }
    } catch {
      await connection.close()
      throw error
    }
  }

  private func relay(from store: OutboxStore, to stream: OutboxStream) async throws {
    let again = try await store.takeBack(notSentTo: stream.server)
    isRelaying.store(true, ordering: .releasing)
    logger.notice(
      "events are published", metadata: ["redis": "\(redis.address)", "sent_again": "\(again)"])
    let waker = waker
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while true {
          try await Task.sleep(for: Self.pollInterval)
          waker.yield()
        }
      }
      defer { group.cancelAll() }
      var upkeep = ContinuousClock.now
      var begun = ContinuousClock.now
      var floor = OutboxFloor()
      for await _ in wakes {
        if begun + Self.wholeLookInterval < .now {
          begun = .now
          floor = OutboxFloor()
        }
        var hasMore = true
        while hasMore {
          // A batch that has begun is finished: what was sent and not noted would go out twice.
          (hasMore, floor) = try await Task { [floor] in
            try await self.publish(from: store, to: stream, after: floor)
          }.value
        }
        if upkeep + Self.upkeepInterval < .now {
          upkeep = .now
          try await stream.check()
          try await store.forgetSent(to: stream.server, olderThanSeconds: Self.graceSeconds)
        }
        try await Task.sleep(for: Self.pace)
      }
      throw CancellationError()
    }
  }

  /// - Returns: whether there may be more at once, and where the next look begins.
  private func publish(
    from store: OutboxStore, to stream: OutboxStream, after floor: OutboxFloor
  ) async throws -> (Bool, OutboxFloor) {
    var floor = floor
    let (events, running) = try await store.next(Self.batch, after: floor.value)
    let isWhole = events.count < Self.batch
    guard let last = events.last?.event.id else {
      floor.looked(running: running, last: nil, isWhole: isWhole, waiting: nil)
      return (false, floor)
    }
    let (publications, failure) = try await stream.publish(events.map(\.event))
    let results = Array(zip(events, publications))
    let sent = results.filter { $0.1 == .acknowledged }.map { $0.0.event.id }
    let transaction = try await store.markSent(sent, to: stream.server)
    published.add(sent.count)
    if !sent.isEmpty { hasPublished() }
    let hasRefused = try await note(results, store)
    if let failure { throw failure }
    let waiting = results.first { $0.1 != .acknowledged }?.0.event.id
    floor.looked(running: running, last: last, isWhole: isWhole, waiting: waiting)
    if let transaction { floor.saw(last, before: transaction) }
    // Each attempt at a refused one has its time, and costs the others no more than that.
    return (!hasRefused && !sent.isEmpty && (!isWhole || sent.count < events.count), floor)
  }

  /// Counts refusals; what was refused too often goes out of the way.
  private func note(_ results: [(OutboxEvent, Publication)], _ store: OutboxStore) async throws -> Bool {
    var again: [Int64] = []
    var aside: [(id: Int64, reason: String)] = []
    for case (let event, .refused(let reason)) in results {
      if event.refusals + 1 < Self.maximumRefusals {
        again.append(event.event.id)
      } else {
        aside.append((event.event.id, reason))
      }
    }
    try await store.countRefusal(of: again)
    try await store.setAside(aside)
    setAside.add(aside.count)
    for (id, reason) in aside {
      logger.error("an event was set aside", metadata: ["event": "\(id)", "cause": "\(reason)"])
    }
    return !(again.isEmpty && aside.isEmpty)
  }
}
