import Foundation
import Telemetry
import TelemetryLoki
import TestSupport
import Testing

/// A receiver that is away, slow or refuses.
@Suite("Outages of Loki", .timeLimit(.minutes(2)))
struct OutageTests {
  enum Outage: String, CaseIterable {
    case failing, throttling, unauthorized, resetting, hanging, gone, redirecting, closing

    func begin(_ receiver: StrictReceiver) {
      switch self {
      case .failing: receiver.set(.answer(500))
      case .throttling: receiver.set(.answer(429))
      case .unauthorized: receiver.set(.answer(401))
      case .resetting: receiver.set(.reset)
      case .hanging: receiver.set(.hang)
      case .gone: receiver.stop()
      case .redirecting: receiver.set(.answer(301, fields: ["Location": "/elsewhere"]))
      case .closing: receiver.set(.answer(503, fields: ["Connection": "close"]))
      }
    }

    func end(_ receiver: StrictReceiver) throws {
      if self == .gone { try receiver.start() }
      receiver.set(.accept)
    }
  }

  @Test(
    "everything arrives once it is over, once, in order; it is said once", arguments: Outage.allCases, [true, false])
  func outage(_ outage: Outage, onDisk: Bool) async throws {
    let (receiver, directory, reports) = (try StrictReceiver(), try TemporaryDirectory("loki"), Reports())
    var configuration = try LokiConfiguration.test(receiver.url, directory: onDisk ? directory.file("spill") : nil)
    if outage == .hanging { configuration.limits.responseTimeoutSeconds = 0.3 }
    let sink = LokiSink(configuration, reports)
    sink.write(Numbered.records(0..<50))
    try await receiver.wait(forEntries: 50)
    outage.begin(receiver)
    for start in stride(from: 50, to: 250, by: 20) { sink.write(Numbered.records(start..<start + 20)) }
    try await eventually("two failures") {
      let requests = sink.statistics.requests
      return requests.values.reduce(0, +) - requests[.accepted, default: 0] >= 2
    }
    #expect(sink.statistics.isReceiverAway)
    sink.write(Numbered.records(250..<300))
    try outage.end(receiver)
    try await receiver.wait(forEntries: 300)
    sink.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<300))
    #expect(Numbered.isInOrder(receiver.entries))
    #expect(receiver.violations == [])
    #expect(reports.awayCount == 1 && reports.backCount == 1 && reports.all.count == 2)
    #expect(sink.statistics.sentRecords == 300)
  }

  @Test("a slow receiver loses nothing and is not away")
  func slow() async throws {
    let (receiver, reports) = (try StrictReceiver(), Reports())
    receiver.set(.slow(milliseconds: 40))
    let sink = LokiSink(try .test(receiver.url), reports)
    for number in 0..<100 {
      sink.write([Numbered.record(number)])
      try await Task.sleep(for: .milliseconds(2))
    }
    try await receiver.wait(forEntries: 100)
    sink.finish()
    #expect(reports.all == [])
    #expect(receiver.duplicateCount == 0)
    #expect(receiver.requests.count < 20)
  }

  @Test("a connection that the receiver closes between two requests, or as the second comes, is no outage")
  func closedInBetween() async throws {
    let (receiver, reports) = (try StrictReceiver(), Reports())
    let sink = LokiSink(try .test(receiver.url), reports)
    for number in 0..<5 {
      sink.write([Numbered.record(number)])
      try await eventually("the answer") { sink.statistics.sentRecords == number + 1 }
      receiver.stop()
      try receiver.start()
    }
    receiver.set(.onceAConnection)
    for number in 5..<10 {
      sink.write([Numbered.record(number)])
      try await eventually("the answer") { sink.statistics.sentRecords == number + 1 }
    }
    sink.finish()
    #expect(reports.all == [])
    #expect(sink.statistics.requests == [.accepted: 10])
  }

  @Test("Retry-After is honoured, in seconds and as a date, up to the cap")
  func retryAfter() async throws {
    try await withThrowingTaskGroup { group in
      for field in ["1", Self.httpDate(secondsFromNow: 2), "100000"] {
        group.addTask { try await Self.waits(field) }
      }
      try await group.waitForAll()
    }
  }

  private static func waits(_ field: String) async throws {
    let receiver = try StrictReceiver()
    receiver.set(.answer(429, fields: ["Retry-After": field]))
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.limits.maximumRetryAfterSeconds = 1.2
    let sink = LokiSink(configuration, Reports())
    sink.write([Numbered.record(1)])
    try await receiver.wait("a request") { $0.requests.count == 1 }
    receiver.set(.accept)
    try await receiver.wait(forEntries: 1)
    let times = receiver.requests.map(\.time)
    #expect(times.count == 2)
    let waited = times[1] - times[0]
    #expect(waited > .milliseconds(850) && waited < .seconds(10), "\(field): \(waited)")
    sink.finish()
  }

  private static func httpDate(secondsFromNow seconds: Double) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.string(from: Date(timeIntervalSinceNow: seconds))
  }

  @Test("without a disk the memory is bounded: the oldest go, and their count is exact")
  func memoryBound() async throws {
    let (receiver, reports) = (try StrictReceiver(), Reports())
    receiver.set(.answer(503))
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.limits.maximumMemoryBytes = 100_000
    let sink = LokiSink(configuration, reports)
    for start in stride(from: 0, to: 5_000, by: 10) {
      sink.write(Numbered.records(start..<start + 10))
      #expect(sink.statistics.memoryBytes <= 100_000)
    }
    let kept = sink.statistics.memoryRecords
    #expect(kept > 100 && kept < 1_000)
    receiver.set(.accept)
    sink.finish()
    let arrived = try Numbered.arrived(receiver.entries)
    #expect(Set(arrived).isSuperset(of: 4_999 - kept + 1..<5_000))
    #expect(5_000 - arrived.count == reports.dropped())
    #expect(reports.dropped() == reports.dropped(.full))
    #expect(sink.statistics.dropped == [.full: reports.dropped()])
  }
}

/// Polls until it holds.
func eventually(_ what: String, within timeout: Duration = .seconds(20), _ condition: () throws -> Bool) async throws {
  let end = ContinuousClock.now + timeout
  while try !condition() {
    guard .now < end else { throw TestSupportError("in vain: \(what)") }
    try await Task.sleep(for: .milliseconds(2))
  }
}
