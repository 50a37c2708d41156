import Foundation
import TestSupport
import Testing

/// With a socket that stands in for systemd.
@Suite("Service manager", .timeLimit(.minutes(1)))
struct ServiceManagerTests {
  private static func send(_ environment: [String: String]) async throws -> [String] {
    let output = try await Subprocess.check(
      [try Binaries.path(of: "systemd-probe"), "send"], environment: environment)
    return output.split(separator: "\n").map(String.init)
  }

  @Test(
    "every message is what sd_notify(3) asks for, on a path and in the abstract namespace", arguments: [false, true])
  func messages(isAbstract: Bool) async throws {
    let directory = try TemporaryDirectory("manager")
    let name = isAbstract ? "@minimarket-\(UUID())" : directory.file("notify")
    let socket = try ManagerSocket(name)
    func monotonic() -> Int {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
    }
    let before = monotonic()
    let outcomes = try await Self.send(["NOTIFY_SOCKET": name])
    #expect(outcomes == Array(repeating: "sent", count: 7) + ["no watchdog"])
    #expect(try await socket.hear() == "READY=1")
    #expect(try await socket.hear() == "STATUS=dos líneas")
    let reloading = try await socket.hear().split(separator: "\n")
    #expect(reloading.first == "RELOADING=1" && reloading.count == 2)
    let time = try #require(reloading.last?.split(separator: "=").last.flatMap { Int($0) })
    #expect(reloading.last?.hasPrefix("MONOTONIC_USEC=") == true && time >= before && time <= monotonic())
    #expect(try await socket.hear() == "EXTEND_TIMEOUT_USEC=5000000")
    #expect(try await socket.hear() == "WATCHDOG=1")
    #expect(try await socket.hear() == "STOPPING=1")
    #expect(try await socket.hear() == "READY=1\nSTATUS=sirve")
  }

  @Test("without a manager nothing happens, and one that is gone is an error")
  func noManager() async throws {
    #expect(try await Self.send([:]) == Array(repeating: "noManager", count: 7) + ["no watchdog"])
    let directory = try TemporaryDirectory("manager")
    let outcomes = try await Self.send(["NOTIFY_SOCKET": directory.file("nobody")])
    #expect(outcomes == Array(repeating: "failed(errno: \(ENOENT))", count: 7) + ["no watchdog"])
  }

  @Test("a manager that takes nothing blocks nobody longer than the limit, and few messages wait for it")
  func deaf() async throws {
    let directory = try TemporaryDirectory("manager")
    let socket = try ManagerSocket(directory.file("notify"), isReading: false)
    let filled = try socket.fill()
    let output = try await Subprocess.check(
      [try Binaries.path(of: "systemd-probe"), "burst"], environment: ["NOTIFY_SOCKET": directory.file("notify")])
    #expect(output == "busy 4\ntimedOut 16\n")
    socket.startReading()
    for _ in 0..<filled { #expect(try await socket.hear() == "full") }
  }

  @Test("the watchdog is ours where WATCHDOG_PID is this process or is not set")
  func watchdogOwner() async throws {
    #expect(try await Self.send(["WATCHDOG_USEC": "1000000"]).last == "1000000")
    #expect(try await Self.send(["WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"]).last == "no watchdog")
    let own = try await Subprocess.check(
      ["/bin/sh", "-c", "WATCHDOG_PID=$$ WATCHDOG_USEC=2000000 exec \(try Binaries.path(of: "systemd-probe")) send"],
      environment: [:])
    #expect(own.split(separator: "\n").last == "2000000")
  }
}
