import Foundation
import TestSupport
import Testing

/// Nobody keeps Prometheus out, whatever he does to the socket.
@Suite("Every exporter: endurance", .serialized, .timeLimit(.minutes(4)))
struct ExporterEnduranceTests {
  private static let get = "GET /metrics HTTP/1.1\r\nHost: x\r\n"

  @Test(
    "slow and half-open connections are closed, and hundreds of them keep nobody out", arguments: ExporterUnderTest.all)
  func crowd(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    // What a first scrape opens is kept.
    #expect(try await exporter.send("GET", "/metrics").status == 200)
    let before = exporter.openDescriptors
    let silent = try RawConnection(port: exporter.port)
    let partial = try RawConnection(port: exporter.port)
    partial.send("GET /metrics HT")
    var slow: [RawConnection] = []
    // Not more at once than the listener's backlog takes: connect(2) would block a thread that others need.
    for _ in 0..<5 {
      slow += try (0..<60).map { _ in try RawConnection(port: exporter.port) }
      try await Task.sleep(for: .milliseconds(50))
    }
    for _ in 0..<10 {
      for (index, connection) in slow.enumerated() { connection.send(index.isMultiple(of: 2) ? "G" : "X-Slow: 1\r\n") }
      #expect(try await exporter.send("GET", "/metrics").status == 200)
    }
    #expect(try await partial.readToEnd(within: .seconds(14)) == "")
    #expect(try await silent.readToEnd(within: .seconds(3)) == "")
    withExtendedLifetime(slow) {}
    #expect(exporter.openDescriptors < before + 80)
  }

  @Test("20 scrapes at once are all answered whole", arguments: ExporterUnderTest.all)
  func parallel(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    try await withThrowingTaskGroup(of: HTTPClient.Answer.self) { group in
      for _ in 0..<20 { group.addTask { try await exporter.send("GET", "/metrics") } }
      for try await answer in group {
        #expect(answer.status == 200)
        #expect(answer.text.contains("\n\(subject.namespace)_scrape_collector_success{"))
      }
    }
  }

  @Test("a client that asks and never reads fills no memory", arguments: ExporterUnderTest.all)
  func deaf(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    for _ in 0..<50 { _ = try await exporter.send("GET", "/metrics") }
    let before = exporter.residentKibibytes
    let deaf = try (0..<20).map { _ in try RawConnection(port: exporter.port, receiveBufferBytes: 2048) }
    for connection in deaf { connection.send(String(repeating: Self.get + "\r\n", count: 200)) }
    try await Task.sleep(for: .seconds(1))
    #expect(try await exporter.send("GET", "/metrics").status == 200)
    #expect(exporter.residentKibibytes - before < 8 << 10)
    withExtendedLifetime(deaf) {}
  }

  @Test("a scrape's limit is kept, whatever it says", arguments: ExporterUnderTest.all)
  func limits(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    for seconds in ["0.5", "0.0001", "1e300", "-1", "x"] {
      let start = ContinuousClock.now
      let answer = try await exporter.send("GET", "/metrics", headers: [RunningExporter.timeoutHeader: seconds])
      #expect(answer.status == 200)
      if seconds == "0.5" { #expect(ContinuousClock.now - start < .milliseconds(500)) }
    }
  }

  @Test(
    "SIGTERM during a scrape ends it with 0, the answer whole or the connection closed",
    arguments: ExporterUnderTest.all)
  func termination(_ subject: ExporterUnderTest) async throws {
    for _ in 0..<3 {
      let exporter = try await subject.start()
      let connection = try RawConnection(port: exporter.port)
      connection.send(Self.get + "\r\n")
      exporter.process.signal(SIGTERM)
      let answer = try #require(try await connection.readToEnd(within: .seconds(9)))
      #expect(answer.isEmpty || answer.contains("\(subject.namespace)_scrape_collector_success{"))
      #expect(try await exporter.process.status(within: .seconds(9)) == 0)
      #expect(!exporter.log.contains("\"level\":\"error\""))
    }
  }

  @Test("scrapes are no log lines", arguments: ExporterUnderTest.all)
  func silence(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    _ = try await exporter.send("GET", "/metrics")
    let before = exporter.log
    for _ in 0..<10 { _ = try await exporter.send("GET", "/metrics") }
    #expect(exporter.log == before)
  }
}
