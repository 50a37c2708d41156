import Catalog
import Foundation
import NIOCore
import NIOPosix
import ProcessTelemetry
import Telemetry
import TelemetryHTTP
import Testing

@Suite("Scheduling lag", .timeLimit(.minutes(1)))
struct SchedulingLagTests {
  private static let period = Duration.milliseconds(10)

  /// A value of the family's page: `count`, `sum`, or a bucket by its bound.
  private static func read(_ registry: Registry, _ executor: String, _ what: String) -> Double {
    let family = "runtime_scheduling_lag_seconds"
    let series =
      ["count", "sum"].contains(what)
      ? "\(family)_\(what){executor=\"\(executor)\"}" : "\(family)_bucket{executor=\"\(executor)\",le=\"\(what)\"}"
    let page = String(decoding: registry.expose(.text), as: UTF8.self)
    let line = page.split(separator: "\n").first { $0.hasPrefix("\(series) ") }
    return line?.split(separator: " ").last.flatMap { Double($0) } ?? -1
  }

  /// How many measurements were above a quarter of a second.
  private static func lateCount(_ registry: Registry, _ executor: String) -> Double {
    read(registry, executor, "count") - read(registry, executor, "0.25")
  }

  private static func wait(until isTrue: () -> Bool) async throws {
    while !isTrue() { try await Task.sleep(for: .milliseconds(2)) }
  }

  @Test("a free loop is on time, one that is blocked for 300 ms is late by as much")
  func eventLoop() async throws {
    let registry = Registry()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let start = ContinuousClock.now
    let probe = SchedulingLag(registry, of: .eventLoop, every: Self.period, wake: EventLoopWake.inTurn(group))
    let running = Task { try await probe.run() }
    try await Self.wait { Self.read(registry, "event_loop", "0.01") >= 5 }
    let before = Self.lateCount(registry, "event_loop")
    group.next().execute { Self.block(.milliseconds(300)) }
    try await Self.wait { Self.lateCount(registry, "event_loop") > before }
    running.cancel()
    try await running.value
    // Late by no more than the time that passed.
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    #expect(Self.read(registry, "event_loop", "sum") > 0.25)
    #expect(Self.read(registry, "event_loop", "sum") < elapsed)
    #expect(Self.read(registry, "cooperative", "count") == 0)
    try await group.shutdownGracefully()
  }

  @Test("the loops of a group are measured in turn")
  func inTurn() async throws {
    let registry = Registry()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    let probe = SchedulingLag(registry, of: .eventLoop, every: Self.period, wake: EventLoopWake.inTurn(group))
    let running = Task { try await probe.run() }
    for loop in group.makeIterator() {
      let before = Self.lateCount(registry, "event_loop")
      // Again where no measurement fell into it: the pool that measures may be as late.
      repeat {
        loop.execute { Self.block(.milliseconds(300)) }
        try await Task.sleep(for: .milliseconds(600))
      } while Self.lateCount(registry, "event_loop") <= before
    }
    running.cancel()
    try await running.value
    try await group.shutdownGracefully()
  }

  @Test("the measurement of a loop that stands still ends when it is cancelled")
  func cancelled() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let probe = SchedulingLag(Registry(), of: .eventLoop, every: Self.period, wake: EventLoopWake.inTurn(group))
    let standstill = DispatchSemaphore(value: 0)
    group.next().execute { standstill.wait() }
    let running = Task { try await probe.run() }
    try await Task.sleep(for: Self.period * 2)
    running.cancel()
    try await running.value
    standstill.signal()
    try await group.shutdownGracefully()
  }

  @Test("a cooperative pool that is blocked for 300 ms shows it")
  func cooperative() async {
    // All of a pool's threads: in a process of its own.
    await #expect(processExitsWith: .exitCode(7)) {
      let registry = Registry()
      let probe = SchedulingLag.ofCooperativePool(registry, every: Self.period)
      let running = Task { try await probe.run() }
      try await Self.wait { Self.read(registry, "cooperative", "0.01") >= 3 }
      let before = Self.lateCount(registry, "cooperative")
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { Task { Self.block(.milliseconds(300)) } }
      try await Self.wait { Self.lateCount(registry, "cooperative") > before }
      running.cancel()
      try await running.value
      exit(Self.read(registry, "event_loop", "count") == 0 ? 7 : 1)
    }
  }

  private static func block(_ time: DispatchTimeInterval) {
    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + time)
  }
}
