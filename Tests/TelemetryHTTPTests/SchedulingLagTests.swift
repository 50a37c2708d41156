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

  /// How many measurements were above a bound, in seconds as the page writes it; nil: how many there are.
  private static func count(_ registry: Registry, _ executor: String, above bound: String?) -> Int {
    func value(_ series: String) -> Int {
      let page = String(decoding: registry.expose(.text), as: UTF8.self)
      let line = page.split(separator: "\n").first { $0.hasPrefix(series) }
      return line?.split(separator: " ").last.flatMap { Int($0) } ?? -1
    }
    let family = "runtime_scheduling_lag_seconds"
    let all = value("\(family)_count{executor=\"\(executor)\"}")
    guard let bound else { return all }
    return all - value("\(family)_bucket{executor=\"\(executor)\",le=\"\(bound)\"}")
  }

  private static func wait(until isTrue: () -> Bool) async throws {
    while !isTrue() { try await Task.sleep(for: .milliseconds(2)) }
  }

  @Test("a loop that is blocked for 200 ms has one measurement between 100 and 250 ms, a free one has none")
  func eventLoop() async throws {
    let registry = Registry()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let probe = SchedulingLag(registry, of: .eventLoop, every: Self.period, wake: EventLoopWake.inTurn(group))
    let running = Task { try await probe.run() }
    try await Self.wait { Self.count(registry, "event_loop", above: nil) >= 5 }
    #expect(Self.count(registry, "event_loop", above: "0.1") == 0)
    let start = ContinuousClock.now
    group.next().execute { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(200)) }
    try await Self.wait { Self.count(registry, "event_loop", above: "0.1") == 1 }
    #expect(ContinuousClock.now - start > .milliseconds(150))
    #expect(Self.count(registry, "event_loop", above: "0.25") == 0)
    running.cancel()
    try await running.value
    #expect(Self.count(registry, "cooperative", above: nil) == 0)
    try await group.shutdownGracefully()
  }

  @Test("the loops of a group are measured in turn")
  func inTurn() async throws {
    let registry = Registry()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    let probe = SchedulingLag(registry, of: .eventLoop, every: Self.period, wake: EventLoopWake.inTurn(group))
    let running = Task { try await probe.run() }
    for loop in group.makeIterator() {
      let before = Self.count(registry, "event_loop", above: "0.025")
      loop.execute { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(100)) }
      try await Self.wait { Self.count(registry, "event_loop", above: "0.025") == before + 1 }
    }
    running.cancel()
    try await running.value
    try await group.shutdownGracefully()
  }

  @Test("a loop that has shut down ends the measurement")
  func shutDown() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let probe = SchedulingLag(Registry(), of: .eventLoop, every: Self.period, wake: EventLoopWake.inTurn(group))
    let running = Task { try await probe.run() }
    try await group.shutdownGracefully()
    try await running.value
  }

  @Test("a cooperative pool that is blocked for 200 ms shows it")
  func cooperative() async {
    // All of a pool's threads: in a process of its own.
    await #expect(processExitsWith: .exitCode(7)) {
      let registry = Registry()
      let probe = SchedulingLag.ofCooperativePool(registry, every: Self.period)
      let running = Task { try await probe.run() }
      try await Self.wait { Self.count(registry, "cooperative", above: nil) >= 3 }
      let before = Self.count(registry, "cooperative", above: "0.1")
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
        Task { Self.block() }
      }
      try await Self.wait { Self.count(registry, "cooperative", above: "0.1") == 1 }
      running.cancel()
      try await running.value
      exit(before == 0 && Self.count(registry, "cooperative", above: "0.5") == 0 ? 7 : 1)
    }
  }

  private static func block() { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(200)) }
}
