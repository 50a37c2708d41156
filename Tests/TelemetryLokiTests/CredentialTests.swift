import Foundation
import Telemetry
import TelemetryLoki
import TestSupport
import Testing

/// Secrets come from files, change while the process runs, and are shown nowhere.
@Suite("Credentials for Loki", .timeLimit(.minutes(1)))
struct CredentialTests {
  private let directory: TemporaryDirectory
  private let receiver: StrictReceiver
  private let reports = Reports()

  init() throws {
    directory = try TemporaryDirectory("loki")
    receiver = try StrictReceiver()
  }

  private func sink(_ credentials: LokiCredentials) throws -> LokiSink {
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.credentials = credentials
    return LokiSink(configuration, reports)
  }

  @Test("a bearer token and a password are read from their files")
  func fields() throws {
    let file = try directory.write("wort\r\n", to: "secret")
    for (credentials, field) in [
      (LokiCredentials.bearer(tokenFile: file), "Bearer wort"),
      (.basic(user: "ñ", passwordFile: file), "Basic " + Data("ñ:wort".utf8).base64EncodedString()),
      (.inline(user: "a", password: ""), "Basic " + Data("a:".utf8).base64EncodedString()),
      (.inline(user: "a", password: "bc"), "Basic " + Data("a:bc".utf8).base64EncodedString()),
    ] {
      receiver.configure { $0.authorization = field }
      let sink = try sink(credentials)
      sink.write([Numbered.record(1)])
      sink.finish()
      #expect(receiver.requests.last?.fields["authorization"] == field)
    }
    #expect(reports.all == [])
  }

  @Test("a changed file is read again, and what was refused meanwhile arrives")
  func rotation() async throws {
    let file = try directory.write("old", to: "token")
    receiver.configure { $0.authorization = "Bearer old" }
    let sink = try sink(.bearer(tokenFile: file))
    sink.write([Numbered.record(0)])
    try await receiver.wait(forEntries: 1)
    receiver.configure { $0.authorization = "Bearer new" }
    sink.write([Numbered.record(1)])
    try await eventually("the refusal") { sink.statistics.requests[.unauthorized, default: 0] > 0 }
    _ = try directory.write("new", to: "token")
    try await receiver.wait(forEntries: 2)
    sink.finish()
    #expect(try Numbered.arrived(receiver.entries) == [0, 1])
    #expect(reports.all == [.receiverAway(reason: "HTTP 401"), .receiverBack])
  }

  @Test("a file that looks unchanged is read again after a refusal")
  func sameStamp() async throws {
    let file = try directory.write("old", to: "token")
    var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
    utimensat(AT_FDCWD, file, &times, 0)
    let sink = try sink(.bearer(tokenFile: file))
    sink.write([Numbered.record(0)])
    try await receiver.wait(forEntries: 1)
    try "new".write(toFile: file, atomically: false, encoding: .utf8)
    utimensat(AT_FDCWD, file, &times, 0)
    receiver.configure { $0.authorization = "Bearer new" }
    sink.write([Numbered.record(1)])
    try await receiver.wait(forEntries: 2)
    sink.finish()
  }

  @Test(
    "a file that is missing or holds no secret is an outage with the file's name", arguments: [nil, "", "\n", "a\nb"])
  func noSecret(_ content: String?) async throws {
    let file = directory.file("token")
    if let content { _ = try directory.write(content, to: "token") }
    let sink = try sink(.bearer(tokenFile: file))
    sink.write([Numbered.record(0)])
    try await eventually("the trouble") { sink.statistics.isReceiverAway }
    guard case .receiverAway(let reason)? = reports.all.first else {
      Issue.record("no trouble")
      return
    }
    #expect(reason.contains(file))
    #expect(receiver.requests.isEmpty)
    _ = try directory.write("wort", to: "token")
    try await receiver.wait(forEntries: 1)
    sink.finish()
    #expect(reports.backCount == 1)
  }

  @Test("no report shows a secret, whatever happens to the request")
  func nothingShown() async throws {
    let url = "http://u:geheimes-wort@127.0.0.1:\(receiver.port)"
    for mode in [.answer(401), .answer(500), .reset, .hang] as [StrictReceiver.Mode] {
      receiver.set(mode)
      var configuration = try LokiConfiguration.test(url)
      configuration.limits.responseTimeoutSeconds = mode == .hang ? 0.3 : 10
      let sink = LokiSink(configuration, reports)
      sink.write([Numbered.record(1)])
      try await eventually("a failure") { sink.statistics.isReceiverAway }
      sink.finish(withinSeconds: 0)
    }
    receiver.stop()
    let sink = LokiSink(try .test(url), reports)
    sink.write([Numbered.record(1)])
    try await eventually("a failure") { sink.statistics.isReceiverAway }
    sink.finish(withinSeconds: 0)
    #expect(reports.awayCount == 5)
    #expect(reports.all.allSatisfy { !"\($0)".contains("geheim") })
    #expect(Set(reports.all.compactMap { if case .receiverAway(let reason) = $0 { reason } else { nil } }).count >= 4)
  }
}
