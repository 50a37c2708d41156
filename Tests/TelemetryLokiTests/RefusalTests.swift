import Telemetry
import TelemetryLoki
import TestSupport
import Testing

/// One refused line costs that line.
@Suite("Refused lines", .timeLimit(.minutes(1)))
struct RefusalTests {
  private let receiver: StrictReceiver
  private let reports = Reports()

  init() throws { receiver = try StrictReceiver() }

  /// Half of these end with the mark.
  private func marked(_ number: Int) -> LogRecord {
    let record = Numbered.record(number)
    return LogRecord(
      time: record.time, level: record.level, logger: record.logger, message: "", metadata: record.metadata,
      line: record.line.dropLast(2) + Array(",\"bad\"}\n".utf8))
  }

  private func send(_ records: [LogRecord], maximumRequests: Int = 256) throws -> LokiStatistics {
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.limits.maximumRequestsPerBatch = maximumRequests
    let sink = LokiSink(configuration, reports)
    sink.write(records)
    sink.finish()
    return sink.statistics
  }

  @Test("the others of its batch arrive, whether the receiver takes them at once or not", arguments: [true, false])
  func refused(isAllOrNothing: Bool) throws {
    receiver.configure {
      $0.judge.refusedText = "bad"
      $0.judge.isAllOrNothing = isAllOrNothing
    }
    let bad: Set = [0, 17, 18, 499]
    let statistics = try send((0..<500).map { bad.contains($0) ? marked($0) : Numbered.record($0) })
    #expect(try Numbered.arrived(receiver.entries) == (0..<500).filter { !bad.contains($0) })
    #expect(reports.all.allSatisfy { $0 == .dropped(.refused, count: 1) })
    #expect(reports.dropped(.refused) == 4)
    #expect(statistics.sentRecords == 496)
    #expect(receiver.requests.count <= 1 + 4 * 2 * 9)
    #expect(receiver.violations == [])
  }

  @Test("a batch of nothing but refused lines costs a bounded number of requests, and each is counted")
  func allRefused() throws {
    receiver.configure { $0.judge.refusedText = "bad" }
    let statistics = try send((0..<2_000).map(marked), maximumRequests: 40)
    #expect(receiver.requests.count <= 40)
    #expect(statistics.dropped == [.refused: 2_000])
    #expect(reports.dropped() == 2_000)
  }

  @Test(
    "of many refused lines each costs itself, on receivers that take a batch whole or not at all", arguments: [100, 20])
  func manyRefused(every: Int) throws {
    receiver.configure {
      $0.judge.refusedText = "bad"
      $0.judge.isAllOrNothing = true
    }
    let records = (0..<2_000).map { $0 % every == 7 ? marked($0) : Numbered.record($0) }
    let statistics = try send(records, maximumRequests: LokiLimits().maximumRequestsPerBatch)
    #expect(statistics.dropped == [.refused: 2_000 / every])
    #expect(try Numbered.arrived(receiver.entries).count == 2_000 - 2_000 / every)
    #expect(receiver.requests.count <= LokiLimits().maximumRequestsPerBatch)
  }

  @Test("a line that is too old costs itself, and is counted as that")
  func tooOld() throws {
    let old = LogRecord(
      time: Timestamp(seconds: Numbered.epoch - 7_200, nanoseconds: 0), level: Numbered.record(50).level, logger: "",
      message: "", metadata: [:], line: Array("old".utf8))
    let configuration = try LokiConfiguration.test(receiver.url)
    let sink = LokiSink(configuration, reports)
    sink.write(Numbered.records(0..<100))
    sink.finish()
    let next = LokiSink(configuration, reports)
    next.write(Numbered.records(100..<150) + [old] + Numbered.records(150..<200))
    next.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<200))
    #expect(reports.all == [.dropped(.tooOld, count: 1)])
  }

  @Test("a line that the receiver finds too long costs itself")
  func tooLong() throws {
    receiver.configure { $0.judge.maximumLineBytes = 500 }
    let statistics = try send([Numbered.record(1), Numbered.record(2, padding: 600), Numbered.record(3)])
    #expect(try Numbered.arrived(receiver.entries) == [1, 3])
    #expect(statistics.dropped == [.refused: 1])
  }

  @Test(
    "a 4xx that is about no line drops the batch at once, counted; the next one is tried", arguments: [404, 405, 410])
  func hopeless(_ status: Int) async throws {
    receiver.set(.answer(status))
    let sink = LokiSink(try .test(receiver.url), reports)
    sink.write(Numbered.records(0..<30))
    try await eventually("the drop") { reports.dropped() == 30 }
    #expect(receiver.requests.count == 1)
    receiver.set(.accept)
    sink.write(Numbered.records(30..<40))
    sink.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(30..<40))
    #expect(reports.all == [.dropped(.refused, count: 30)])
    #expect(sink.statistics.requests == [.refused: 1, .accepted: 1])
  }

  @Test("a request that is too large for a proxy is sent in parts")
  func tooLarge() async throws {
    receiver.set(.answer(413))
    let sink = LokiSink(try .test(receiver.url), reports)
    sink.write(Numbered.records(0..<64))
    try await receiver.wait("three requests") { $0.requests.count >= 3 }
    receiver.set(.accept)
    sink.finish()
    let arrived = try Numbered.arrived(receiver.entries)
    #expect(arrived.count + reports.dropped(.refused) == 64)
    #expect(arrived.suffix(32) == Array(32..<64)[...])
  }
}
