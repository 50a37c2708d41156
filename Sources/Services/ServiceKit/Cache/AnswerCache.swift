import Catalog
import Hummingbird
import JSON
import Logging
import Redis
import ServiceLifecycle
import Synchronization
import Telemetry

/// Answers that cost a look at many rows, kept in Redis for all replicas; and each is found once at a time in a process,
/// however many ask.
///
/// An answer is kept with the generation that was current before it was found, and holds while that is current. Whoever
/// has changed something begins a new generation, and does not ask the cache until Redis has said that it knows of it: a
/// client sees its own writes. `maximumAgeSeconds` bounds what is left when a process dies in between.
///
/// Without Redis everything is found anew.
package final class AnswerCache: Service {
  package static let maximumAgeSeconds = 30
  /// Redis is there to be quicker than the database: who waits longer is better off with that.
  static let timeout = Duration.milliseconds(100)
  static let connectTimeout = Duration.seconds(5)
  static let reconnectInterval = Duration.seconds(1)
  /// From one new generation to the next at least.
  static let pace = Duration.milliseconds(5)

  private struct Flight: Hashable {
    let key: String
    /// Whoever asks after a change does not share what was asked before it.
    let changes: Int
  }

  private struct State {
    var connection: RedisConnection?
    /// That this process has made.
    var changes = 0
    /// Of those, so many are known to Redis.
    var told = 0
    var flights: [Flight: Task<String, any Error>] = [:]
  }

  private let name: CacheName
  private let prefix: String
  private let redis: RedisConfiguration?
  private let logger: Logger
  private let requests: CounterInstrument<CacheLabels>
  private let state = Mutex(State())
  private let wakes: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation

  /// - Parameters:
  ///   - prefix: of all keys in Redis, with its colon.
  ///   - redis: nil: there is none.
  package init(
    _ name: CacheName, prefix: String, redis: RedisConfiguration?, registry: Registry, logger: Logger
  ) {
    self.name = name
    self.prefix = prefix
    self.redis = redis
    self.logger = logger
    requests = registry.counter(Cache.requests)
    (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// What was kept may be wrong from now on. Costs nothing to speak of; safe from any thread, at any time.
  package func invalidate() {
    state.withLock { $0.changes += 1 }
    waker.yield()
  }

  /// - Parameters:
  ///   - key: the question, with all that the answer depends on.
  ///   - find: finds the answer where it is not kept; its errors are told and not kept.
  package func response(
    _ key: String, _ find: @escaping @Sendable () async throws -> some Encodable & Sendable
  ) async throws -> Response {
    let text = try await answer(key) { JSONCoding.text(of: try await find()) }
    return .json(text: text)
  }

  private func answer(_ key: String, _ find: @escaping @Sendable () async throws -> String) async throws -> String {
    let (task, isShared) = state.withLock { state in
      let flight = Flight(key: key, changes: state.changes)
      if let task = state.flights[flight] { return (task, true) }
      let task = Task {
        defer { self.state.withLock { $0.flights[flight] = nil } }
        return try await self.fetch(key, find)
      }
      state.flights[flight] = task
      return (task, false)
    }
    if isShared { count(.shared) }
    return try await task.value
  }

  private func fetch(_ key: String, _ find: @Sendable () async throws -> String) async throws -> String {
    guard let connection = state.withLock({ $0.told == $0.changes ? $0.connection : nil }) else {
      count(.bypass)
      return try await find()
    }
    let place = "\(prefix)\(key)"
    let replies = await connection.pipeline(
      [RedisCommand("GET", generationKey), RedisCommand("GET", place)], deadline: .now + Self.timeout)
    guard replies.count == 2, case .success(let generation) = replies[0], case .success(let kept) = replies[1],
      generation.error == nil, kept.error == nil
    else {
      waker.yield()
      count(.bypass)
      return try await find()
    }
    // Before the first change there is none.
    let stamp = "\(generation.string ?? "0")\n"
    if let text = kept.string, text.hasPrefix(stamp) {
      count(.hit)
      return String(text.dropFirst(stamp.count))
    }
    count(.miss)
    let found = try await find()
    // What cannot be kept is found again.
    _ = await connection.pipeline(
      [RedisCommand("SET", place, stamp + found, "EX", "\(Self.maximumAgeSeconds)")], deadline: .now + Self.timeout)
    return found
  }

  private var generationKey: String { "\(prefix)generacion" }

  private func count(_ result: CacheResult) { requests.add(1, CacheLabels(cache: name, result: result)) }
}

// MARK: The connection, and what Redis knows

extension AnswerCache {
  package func run() async throws {
    guard let redis else { return try await gracefulShutdown() }
    await cancelWhenGracefulShutdown {
      var isAway = false
      while !Task.isCancelled {
        do {
          try await self.serve(redis) { isAway = false }
        } catch {
          if Task.isCancelled { return }
          if !isAway { self.logger.warning("the cache is away", metadata: ["cause": "\(error)"]) }
          isAway = true
          try? await Task.sleep(for: Self.reconnectInterval)
        }
      }
    }
  }

  private func serve(_ redis: RedisConfiguration, whenThere: () -> Void) async throws {
    let connection = try await RedisConnection.connect(redis, deadline: .now + Self.connectTimeout)
    do {
      // Whatever changed while it was away.
      try await tell(connection)
      state.withLock { $0.connection = connection }
      whenThere()
      for await _ in wakes {
        guard connection.isUsable else { throw RedisError(.unavailable, "the connection was lost") }
        try await tell(connection)
        try await Task.sleep(for: Self.pace)
      }
      throw CancellationError()
    } catch {
      state.withLock { $0.connection = nil }
      await connection.close()
      throw error
    }
  }

  private func tell(_ connection: RedisConnection) async throws {
    let changes = state.withLock(\.changes)
    _ = try await connection.send(RedisCommand("INCR", generationKey), deadline: .now + Self.connectTimeout)
    state.withLock { $0.told = changes }
  }
}
