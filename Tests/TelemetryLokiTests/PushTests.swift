import Logging
import Telemetry
import TelemetryLoki
import TestSupport
import Testing

/// What is sent, and how.
@Suite("Pushing to Loki", .timeLimit(.minutes(1)))
struct PushTests {
  private func push(_ records: [LogRecord], _ configuration: LokiConfiguration) -> Reports {
    let reports = Reports()
    let sink = LokiSink(configuration, reports)
    sink.write(records)
    sink.finish()
    return reports
  }

  @Test("labels, time to the nanosecond, line and structured metadata arrive as they were", arguments: [true, false])
  func arrives(asJSON: Bool) throws {
    let receiver = try StrictReceiver()
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.format = asJSON ? .json : .protobuf
    let sent = [
      LogRecord(
        time: Timestamp(seconds: 1_764_000_000, nanoseconds: 999_999_999), level: .error, logger: "a.b", message: "m",
        metadata: ["request_id": "r", "trace_id": .stringConvertible(7), "password": "no", "span_id": ""],
        line: Array("{\"ñ\":\"\\\" \u{1F600}\u{7}\"}\n".utf8)),
      LogRecord(
        time: Timestamp(seconds: -1, nanoseconds: 0), level: .info, logger: "", message: "", metadata: [:], line: []),
    ]
    #expect(push(sent, configuration).all == [])
    #expect(receiver.violations == [])
    #expect(
      Set(receiver.entries) == [
        ReceivedEntry(
          labels: #"{instance="a:1", job="negocio", level="error"}"#, seconds: 1_764_000_000, nanoseconds: 999_999_999,
          line: Array("{\"ñ\":\"\\\" \u{1F600}\u{7}\"}".utf8),
          metadata: ["logger": "a.b", "request_id": "r", "trace_id": "7"]),
        ReceivedEntry(
          labels: #"{instance="a:1", job="negocio", level="info"}"#, seconds: -1, nanoseconds: 0, line: [],
          metadata: [:]),
      ])
  }

  @Test("a batch of all levels is one request, and each stream is in order of time", arguments: [true, false])
  func order(asJSON: Bool) throws {
    let receiver = try StrictReceiver()
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.format = asJSON ? .json : .protobuf
    configuration.limits.maximumBatchAgeSeconds = 5
    _ = push(Numbered.records((0..<300).reversed()), configuration)
    #expect(receiver.requests.count == 1)
    #expect(receiver.violations == [])
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<300))
  }

  @Test("label values are quoted; without an instance there is no such label")
  func labels() throws {
    let receiver = try StrictReceiver()
    for (job, instance) in [("a\"b\\c\nd", "ñ"), ("j", "")] {
      var configuration = try LokiConfiguration(url: receiver.url + "/", job: job, instance: instance)
      configuration.limits.maximumBatchAgeSeconds = 0.005
      configuration.structuredMetadataKeys = []
      _ = push([Numbered.record(2)], configuration)
    }
    #expect(receiver.violations == [])
    #expect(receiver.entries.allSatisfy { $0.metadata == [:] })
    #expect(
      receiver.entries.map(\.labels) == [
        #"{instance="ñ", job="a\"b\\c\nd", level="info"}"#, #"{job="j", level="info"}"#,
      ])
  }

  @Test("batches are cut at their bytes and at their count, and use one connection")
  func batches() throws {
    let receiver = try StrictReceiver()
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.limits.maximumBatchBytes = 10_000
    _ = push(Numbered.records(0..<100, padding: 1_000), configuration)
    #expect(receiver.requests.count == 12)
    configuration.limits.maximumBatchBytes = 1 << 20
    configuration.limits.maximumBatchRecords = 30
    _ = push(Numbered.records(100..<200), configuration)
    #expect(receiver.requests.count == 12 + 4)
    #expect(receiver.connectionCount == 2)
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<200))
  }

  @Test("a batch waits for its age, not longer")
  func age() async throws {
    let receiver = try StrictReceiver()
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.limits.maximumBatchAgeSeconds = 0.2
    let sink = LokiSink(configuration, Reports())
    let start = ContinuousClock.now
    for number in 0..<20 { sink.write([Numbered.record(number)]) }
    try await receiver.wait(forEntries: 20)
    #expect(ContinuousClock.now - start >= .milliseconds(190))
    #expect(receiver.requests.count == 1)
    sink.finish()
  }

  @Test("a line over the limit is cut at a character's end, sent, and counted")
  func longLine() throws {
    let receiver = try StrictReceiver()
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.limits.maximumLineBytes = 11
    let line = Array("0123456789ñandú\n".utf8)
    let record = LogRecord(
      time: .now(), level: .info, logger: "", message: "",
      metadata: ["request_id": .string(String(repeating: "é", count: 900))],
      line: line)
    let reports = push([record, Numbered.record(2, padding: 0)], configuration)
    #expect(receiver.entries.map(\.text).sorted() == ["0123456789", "{\"n\":2,\"p\":"])
    #expect(reports.all == [.truncated(count: 2)])
    #expect(receiver.entries.compactMap { $0.metadata["request_id"]?.utf8.count }.max() == 1_024)
  }

  @Test("tenant, path and credentials of the URL are sent, and shown nowhere")
  func head() throws {
    let receiver = try StrictReceiver()
    receiver.configure { $0.authorization = "Basic dTpnZWhlaW1lczp3b3J0" }
    let url = "http://u:geheimes%3Awort@127.0.0.1:\(receiver.port)/loki/api/v1/push"
    var configuration = try LokiConfiguration.test(url)
    configuration.tenant = "mini market"
    #expect(push([Numbered.record(1)], configuration).all == [])
    #expect(receiver.entries.count == 1)
    #expect(receiver.requests.first?.fields["x-scope-orgid"] == "mini market")
    #expect(receiver.requests.first?.fields["host"] == "127.0.0.1:\(receiver.port)")
    #expect(configuration.displayedURL == "\(receiver.url)/loki/api/v1/push")
  }

  @Test("statistics follow the records")
  func statistics() async throws {
    let receiver = try StrictReceiver()
    receiver.set(.answer(500))
    let sink = LokiSink(try .test(receiver.url), Reports())
    sink.write(Numbered.records(3..<10))
    try await receiver.wait("a request") { !$0.requests.isEmpty }
    let waiting = sink.statistics
    #expect(waiting.memoryRecords == 7)
    #expect(waiting.memoryBytes > 7 * 40)
    #expect(waiting.oldestRecord == Numbered.time(3))
    receiver.set(.accept)
    sink.finish()
    let after = sink.statistics
    #expect(after.memoryRecords == 0 && after.memoryBytes == 0 && after.spillRecords == 0 && after.spillBytes == 0)
    #expect(after.oldestRecord == nil)
    #expect(after.sentRecords == 7)
    #expect(after.requests[.accepted] == 1)
    #expect(after.requests[.failed, default: 0] >= 1)
    #expect(after.dropped == [:])
    #expect(!after.isReceiverAway)
  }
}
