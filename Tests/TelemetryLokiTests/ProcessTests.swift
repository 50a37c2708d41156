import Foundation
import TestSupport
import Testing

/// A process of ours, as an operator starts it with `LOKI_URL`.
@Suite("A process that pushes", .timeLimit(.minutes(2)))
struct ProcessTests {
  private struct Exporter {
    let port: Int
    let process: ServerProcess
    let client: HTTPClient

    init(in directory: TemporaryDirectory, _ loki: [String: String]) async throws {
      port = try FreePorts.next()
      let environment = [
        "POSTGRES_EXPORTER_PORT": "\(port)", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "LOG_DIRECTORY": directory.path,
      ]
      process = try await ServerProcess(
        "exporter", [try Binaries.path(of: "postgres-exporter")], environment: environment.merging(loki) { $1 },
        in: directory)
      client = HTTPClient("http://127.0.0.1:\(port)")
      try await client.wait(for: "/-/ready")
    }

    func sample(_ series: String) async throws -> Double? {
      let page = try await client.send("GET", "/metrics").text
      return page.split(separator: "\n").first { $0.hasPrefix(series + " ") }.flatMap {
        Double($0.dropFirst(series.count + 1))
      }
    }
  }

  private static func entry(_ message: String, in receiver: StrictReceiver) async throws -> ReceivedEntry {
    let end = ContinuousClock.now + .seconds(30)
    while true {
      if let entry = receiver.entries.first(where: { $0.text.contains("\"message\":\"\(message)\"") }) { return entry }
      guard .now < end else { throw TestSupportError("no “\(message)” among \(receiver.entries.map(\.text))") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @Test("its lines arrive with job, level and instance, its page says so, and the last one comes before it is gone")
  func arrives() async throws {
    let directory = try TemporaryDirectory("push")
    let token = try directory.write("s3cret", to: "token")
    let receiver = try StrictReceiver()
    receiver.configure { $0.authorization = "Bearer s3cret" }
    let exporter = try await Exporter(
      in: directory, ["LOKI_URL": receiver.url, "LOKI_TENANT": "shop", "LOKI_TOKEN_FILE": token])
    let entry = try await Self.entry("listening", in: receiver)
    #expect(entry.labels.contains("job=\"postgres_exporter\""))
    #expect(entry.labels.contains("level=\"info\""))
    #expect(entry.labels.contains(":\(exporter.port)\""))
    #expect(receiver.requests.allSatisfy { $0.fields["x-scope-orgid"] == "shop" })
    #expect(try await exporter.sample("loki_push_requests_total{outcome=\"accepted\"}") ?? 0 >= 1)
    #expect(try await exporter.sample("telemetry_queue_records{sink=\"loki\"}") != nil)
    #expect(try await exporter.sample("telemetry_dropped_total{sink=\"loki\",reason=\"rejected\"}") == 0)
    try await exporter.process.stop()
    _ = try await Self.entry("stopped", in: receiver)
    #expect(receiver.violations == [])
  }

  @Test("what it logged while Loki was away arrives after a kill -9 and a new start")
  func survives() async throws {
    let directory = try TemporaryDirectory("push")
    let receiver = try StrictReceiver()
    receiver.set(.answer(500))
    let first = try await Exporter(in: directory, ["LOKI_URL": receiver.url])
    let end = ContinuousClock.now + .seconds(20)
    while try await first.sample("loki_push_buffered_records{buffer=\"disk\"}") ?? 0 < 1 {
      guard .now < end else { throw TestSupportError("nothing was written ahead") }
      try await Task.sleep(for: .milliseconds(20))
    }
    try await first.process.killTree()
    receiver.set(.accept)
    let second = try await Exporter(in: directory, ["LOKI_URL": receiver.url])
    _ = try await Self.entry("listening", in: receiver)
    let instances = ["\(first.port)", "\(second.port)"]
    while !instances.allSatisfy({ port in receiver.entries.contains { $0.labels.contains(":\(port)\"") } }) {
      guard .now < end + .seconds(20) else { throw TestSupportError("only \(receiver.entries.map(\.labels))") }
      try await Task.sleep(for: .milliseconds(20))
    }
    try await second.process.stop()
  }

  @Test("an address that is none is a mistake that it says, with the variable's name and without the password")
  func mistake() async throws {
    let answer = try await Subprocess.run(
      [try Binaries.path(of: "postgres-exporter")],
      environment: [
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "LOKI_URL": "ftp://user:hunter2@loki",
      ])
    #expect(answer.status == 1)
    #expect(answer.standardError.contains("LOKI_URL"))
    #expect(!answer.standardError.contains("hunter2"))
  }
}
