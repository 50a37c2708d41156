import Foundation
import TestSupport
import Testing

/// A process of its own under a socket that stands in for systemd.
@Suite("Service manager: notifier", .timeLimit(.minutes(1)))
struct ServiceManagerNotifierTests {
  private static let watchdogPeriod = Duration.milliseconds(200)

  private struct Fixture {
    let directory: TemporaryDirectory
    let socket: ManagerSocket
    let process: ServerProcess

    init(watchdog: Bool = true) async throws {
      directory = try TemporaryDirectory("notifier")
      socket = try ManagerSocket(directory.file("notify"))
      let environment = ["NOTIFY_SOCKET": directory.file("notify")]
      process = try await ServerProcess(
        "probe", [try Binaries.path(of: "systemd-probe"), "notify", directory.path],
        environment: environment.merging(watchdog ? ["WATCHDOG_USEC": "200000"] : [:]) { $1 }, in: directory)
      while process.isRunning, !FileManager.default.fileExists(atPath: directory.file("started")) {
        try await Task.sleep(for: .milliseconds(2))
      }
    }

    func make(_ name: String) throws { _ = try directory.write("", to: name) }
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: directory.file(name)) }

    /// How many lines of the process hold the words.
    func logged(_ words: String) -> Int {
      let log = (try? String(contentsOfFile: directory.file("probe.log"), encoding: .utf8)) ?? ""
      return log.split(separator: "\n").count { $0.contains(words) }
    }

    /// No message while systemd would have waited and lost its patience.
    func expectSilence() async throws {
      let before = socket.receivedCount
      try await Task.sleep(for: watchdogPeriod * 2)
      #expect(socket.receivedCount == before)
    }
  }

  @Test("READY when it serves and not before, WATCHDOG at half of the period, STOPPING on SIGTERM")
  func order() async throws {
    let fixture = try await Fixture()
    try await fixture.expectSilence()
    try fixture.make("serve")
    #expect(try await fixture.socket.hear() == "READY=1")
    var heard: [ContinuousClock.Instant] = []
    for _ in 0..<5 {
      #expect(try await fixture.socket.hear() == "WATCHDOG=1")
      heard.append(.now)
    }
    // No sooner than asked for; the shortest, since a busy machine makes some of them late.
    let shortest = try #require(zip(heard.dropFirst(), heard).map { $0 - $1 }.min())
    #expect(heard[4] - heard[0] > Self.watchdogPeriod * 1.9)
    #expect(shortest < Self.watchdogPeriod * 0.75)
    try await fixture.process.stop()
    var last = try await fixture.socket.hear()
    while last == "WATCHDOG=1" { last = try await fixture.socket.hear() }
    #expect(last == "STOPPING=1")
    try await fixture.expectSilence()
  }

  @Test("a process that never served stops all the same, without READY")
  func neverServed() async throws {
    let fixture = try await Fixture()
    try await fixture.process.stop()
    #expect(try await fixture.socket.hear() == "STOPPING=1")
  }

  @Test("without a watchdog there is no WATCHDOG")
  func noWatchdog() async throws {
    let fixture = try await Fixture(watchdog: false)
    try fixture.make("serve")
    #expect(try await fixture.socket.hear() == "READY=1")
    try await fixture.expectSilence()
    try await fixture.process.stop()
    #expect(try await fixture.socket.hear() == "STOPPING=1")
  }

  @Test(
    "health that hangs, is bad, or a pool that stands still stops the watchdog until it is over",
    arguments: ["hang", "sick", "block"])
  func unhealthy(trouble: String) async throws {
    let fixture = try await Fixture()
    try fixture.make("serve")
    #expect(try await fixture.socket.hear() == "READY=1")
    #expect(try await fixture.socket.hear() == "WATCHDOG=1")
    try fixture.make(trouble)
    // One may be on its way.
    try await Task.sleep(for: Self.watchdogPeriod)
    try await fixture.expectSilence()
    // A pool that stands still cannot say so.
    #expect(fixture.logged("no health within the limit") == (trouble == "block" ? 0 : 1))
    // Asked once, and not again before it answered.
    #expect(fixture.logged("hangs") == (trouble == "hang" ? 1 : 0))
    try fixture.remove(trouble)
    let before = fixture.socket.receivedCount
    while fixture.socket.receivedCount < before + 2 { #expect(try await fixture.socket.hear() == "WATCHDOG=1") }
    try await fixture.process.stop()
    #expect(fixture.logged("no health within the limit") == fixture.logged("healthy again"))
  }
}
