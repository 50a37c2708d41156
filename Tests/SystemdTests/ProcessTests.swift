import Foundation
import TestSupport
import Testing

/// A process of ours under a socket that stands in for systemd.
@Suite("Service manager: a process of ours", .timeLimit(.minutes(1)))
struct ProcessTests {
  @Test("it is READY once it answers, keeps the watchdog, and says STOPPING before it goes")
  func lifecycle() async throws {
    let directory = try TemporaryDirectory("notify")
    let socket = try ManagerSocket(directory.file("notify"))
    let port = try FreePorts.next()
    let process = try await ServerProcess(
      "exporter", [try Binaries.path(of: "postgres-exporter")],
      environment: [
        "POSTGRES_EXPORTER_PORT": "\(port)", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "NOTIFY_SOCKET": directory.file("notify"), "WATCHDOG_USEC": "400000",
      ], in: directory)
    #expect(try await socket.hear() == "READY=1")
    #expect(try await HTTPClient("http://127.0.0.1:\(port)").send("GET", "/-/ready").status == 200)
    for _ in 0..<3 { #expect(try await socket.hear() == "WATCHDOG=1") }
    try await process.stop()
    var last = try await socket.hear()
    while last == "WATCHDOG=1" { last = try await socket.hear() }
    #expect(last == "STOPPING=1")
    #expect(!process.isRunning)
  }
}
