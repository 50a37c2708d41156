import Synchronization

/// Where deliveries wait for their turn: those of one product in one lane, in the order of the stream.
final class Lanes: Sendable {
  let count: Int
  private let streams: [AsyncStream<Delivery>]
  private let entrances: [AsyncStream<Delivery>.Continuation]
  private let inFlightCount = Atomic(0)
  private let stopping = Atomic(false)

  init(count: Int) {
    self.count = max(1, count)
    let lanes = (0..<self.count).map { _ in AsyncStream.makeStream(of: Delivery.self) }
    streams = lanes.map(\.stream)
    entrances = lanes.map(\.continuation)
  }

  /// Taken in and not over yet.
  var inFlight: Int { inFlightCount.load(ordering: .acquiring) }

  /// Nothing more is begun: what waits stays with the group.
  var isStopping: Bool { stopping.load(ordering: .acquiring) }

  func submit(_ delivery: Delivery) {
    inFlightCount.add(1, ordering: .acquiringAndReleasing)
    let product = delivery.event?.productID ?? 0
    entrances[Int(UInt64(bitPattern: product) % UInt64(count))].yield(delivery)
  }

  func stop() {
    stopping.store(true, ordering: .releasing)
    for entrance in entrances { entrance.finish() }
  }

  /// Handles a lane's deliveries one after the other until `stop`.
  func run(_ lane: Int, _ handle: (Delivery) async -> Void) async {
    for await delivery in streams[lane] {
      if !isStopping { await handle(delivery) }
      inFlightCount.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  private static let step = Duration.milliseconds(2)

  /// - Throws: where it would never end: the task is cancelled, or nothing more is begun.
  func wait(untilBelow limit: Int) async throws {
    while inFlight >= limit {
      guard !isStopping else { throw CancellationError() }
      try await Task.sleep(for: Self.step)
    }
  }

  /// Ends earlier where nothing more may be begun.
  func pause(_ duration: Duration) async {
    let end = ContinuousClock.now + duration
    while !isStopping, !Task.isCancelled, .now < end { try? await Task.sleep(for: min(Self.nap, end - .now)) }
  }

  private static let nap = Duration.milliseconds(50)
}
