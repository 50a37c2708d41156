import Events
import Logging
import Redis
import ServiceLifecycle
import Synchronization
import Telemetry
import TestSupport
import Testing

/// A stream in a real Redis, and consumers of it in this process.
final class ConsumerFixture: Sendable {
  static let stream = "prueba:eventos"
  static let group = "ml"
  /// Long enough for a machine that does much else.
  static let patience = Duration.seconds(30)

  let redis: RedisServer
  let registry = Registry()

  private init(_ redis: RedisServer) { self.redis = redis }

  /// - Parameter onDisk: what Redis had is there after a restart.
  static func start(onDisk: Bool = false) async throws -> ConsumerFixture {
    ConsumerFixture(try await RedisServer.start(onDisk ? ["appendonly": "yes", "appendfsync": "always"] : [:]))
  }

  /// An event whose data is its number.
  static func event(_ id: Int64, of product: Int64) -> Event {
    Event(
      id: id, kind: .stockUpdated, productID: product, occurredAt: "2026-01-02T03:04:05.000006Z", data: #"{"n":\#(id)}"#
    )
  }

  func publish(_ events: [Event]) async throws {
    let connection = try await RedisConnection.connect(
      try RedisConfiguration(url: redis.url()), deadline: .now + Self.patience)
    let commands = events.map { RedisCommand(["XADD", Self.stream, "*"] + $0.fields) }
    for result in await connection.pipeline(commands, deadline: .now + Self.patience) { _ = try result.get() }
    await connection.close()
  }

  func consumer(
    _ name: String = "uno", _ change: (inout ConsumerSettings) -> Void = { _ in },
    handler: @escaping EventConsumer.Handler
  ) throws -> RunningConsumer {
    var settings = ConsumerSettings(stream: Self.stream, group: Self.group, consumer: name)
    settings.turn = .seconds(2)
    change(&settings)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    return RunningConsumer(
      EventConsumer(
        settings: settings, redis: try RedisConfiguration(url: redis.url()), registry: registry, logger: logger,
        handler: handler))
  }

  /// How many entries the group was given and has not acknowledged.
  func pending() async throws -> String {
    let text = try await redis.cli("XPENDING", Self.stream, Self.group)
    return String(text.split(separator: "\n").first ?? "")
  }
}

/// A consumer as a process runs it.
final class RunningConsumer: Sendable {
  private let group: ServiceGroup
  private let task: Task<Void, any Error>

  init(_ consumer: EventConsumer) {
    let group = ServiceGroup(
      services: [consumer], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    self.group = group
    task = Task { try await group.run() }
  }

  deinit { task.cancel() }

  func beginStopping() async { await group.triggerGracefulShutdown() }

  /// As SIGTERM; returns when it has ended.
  func stop() async throws {
    await beginStopping()
    try await task.value
  }
}

/// What handlers were given, in their order.
final class Handled: Sendable {
  private let events = Mutex<[Event]>([])

  func add(_ event: Event) { events.withLock { $0.append(event) } }

  var ids: [Int64] { events.withLock { $0.map(\.id) } }

  func ids(of product: Int64) -> [Int64] { events.withLock { $0.filter { $0.productID == product }.map(\.id) } }

  func wait(for count: Int) async throws {
    try await eventually("\(count) events are handled") { self.ids.count >= count }
  }
}

/// Polls until it holds.
/// - Throws: where it does not in time.
func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + ConsumerFixture.patience
  while try await !condition() {
    guard .now < end else { throw TestSupportError("not in time: \(what)") }
    try await Task.sleep(for: .milliseconds(10))
  }
}
