import Foundation
import Telemetry
import TelemetryLoki
import TestSupport
import Testing

/// What is on disk survives outages, restarts and kills, within its budget.
@Suite("Spilling to disk", .timeLimit(.minutes(2)))
struct SpillTests {
  private let directory: TemporaryDirectory
  private let receiver: StrictReceiver
  private let reports = Reports()

  init() throws {
    directory = try TemporaryDirectory("loki")
    receiver = try StrictReceiver()
  }

  private var path: String { directory.file("spill") }

  private func configuration() throws -> LokiConfiguration { try .test(receiver.url, directory: path) }

  private func segments() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".spill") }.sorted()
  }

  @Test("what a process leaves is sent by the next one, before newer records, and its files are removed")
  func restart() async throws {
    receiver.set(.answer(500))
    var configuration = try configuration()
    for round in 0..<3 {
      let sink = LokiSink(configuration, reports)
      for start in stride(from: round * 300, to: (round + 1) * 300, by: 50) {
        sink.write(Numbered.records(start..<start + 50))
      }
      sink.finish()
    }
    #expect(try segments().count == 3)
    receiver.set(.accept)
    configuration.limits.maximumBatchAgeSeconds = 30
    let sink = LokiSink(configuration, reports)
    #expect(sink.statistics.spillRecords <= 900)
    sink.write(Numbered.records(900..<950))
    sink.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<950))
    #expect(Numbered.isInOrder(receiver.entries))
    #expect(receiver.violations == [] && receiver.duplicateCount == 0)
    #expect(try segments() == [])
    #expect(reports.dropped() == 0)
    #expect(sink.statistics.spillBytes == 0)
  }

  @Test("labels are those of the process that wrote the record")
  func otherLabels() throws {
    receiver.set(.answer(500))
    for job in ["before", "after"] {
      var configuration = try LokiConfiguration(url: receiver.url, job: job)
      configuration.directory = path
      let sink = LokiSink(configuration, reports)
      sink.write([Numbered.record(2)])
      if job == "after" { receiver.set(.accept) }
      sink.finish()
    }
    #expect(receiver.entries.map(\.labels) == [#"{job="before", level="info"}"#, #"{job="after", level="info"}"#])
  }

  @Test("each write is in the directory when it returns; with onDemand only what must be", arguments: [true, false])
  func writeAhead(_ isAhead: Bool) async throws {
    var configuration = try configuration()
    configuration.durability = isAhead ? .writeAhead : .onDemand
    configuration.limits.maximumBatchAgeSeconds = 30
    let sink = LokiSink(configuration, reports)
    sink.write(Numbered.records(0..<10))
    #expect(sink.statistics.spillRecords == (isAhead ? 10 : 0))
    #expect(sink.statistics.memoryRecords == (isAhead ? 0 : 10))
    receiver.set(.answer(500))
    sink.finish()
    #expect(try segments().count == 1)
    let next = LokiSink(configuration, reports)
    receiver.set(.accept)
    next.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<10))
  }

  @Test("onDemand spills past the memory's bound and while the receiver is away, and keeps the order")
  func onDemand() async throws {
    var configuration = try configuration()
    configuration.durability = .onDemand
    configuration.limits.maximumMemoryBytes = 50_000
    configuration.limits.responseTimeoutSeconds = 0.3
    receiver.set(.hang)
    let sink = LokiSink(configuration, reports)
    for start in stride(from: 0, to: 2_000, by: 20) {
      sink.write(Numbered.records(start..<start + 20))
      #expect(sink.statistics.memoryBytes <= 50_000)
    }
    try await eventually("the failure") { sink.statistics.isReceiverAway }
    sink.write(Numbered.records(2_000..<2_100))
    #expect(sink.statistics.memoryRecords == 0)
    receiver.set(.accept)
    try await receiver.wait(forEntries: 2_100)
    sink.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<2_100))
    #expect(Numbered.isInOrder(receiver.entries))
    #expect(reports.dropped() == 0)
  }

  @Test("beyond the budget the oldest give way, and their count is exact", arguments: [true, false])
  func budget(isSentMeanwhile: Bool) async throws {
    var configuration = try configuration()
    configuration.limits.maximumSpillBytes = 64 << 10
    configuration.limits.maximumBatchBytes = 3_000
    receiver.set(isSentMeanwhile ? .slow(milliseconds: 3) : .answer(503))
    let sink = LokiSink(configuration, reports)
    for start in stride(from: 0, to: 4_000, by: 25) {
      sink.write(Numbered.records(start..<start + 25))
      let onDisk = try segments().reduce(0) { sum, name in
        let size = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.size] as? Int
        return sum + (size ?? 0)
      }
      #expect(onDisk <= 64 << 10)
      #expect(sink.statistics.spillBytes <= 64 << 10)
    }
    receiver.set(.accept)
    sink.finish()
    let arrived = try Numbered.arrived(receiver.entries)
    #expect(arrived.count > 200 && arrived.count < 4_000)
    #expect(Set(arrived).isSuperset(of: 3_800..<4_000))
    #expect(4_000 - arrived.count == reports.dropped(.full))
    #expect(reports.dropped() == reports.dropped(.full))
    #expect(sink.statistics.dropped == [.full: reports.dropped()])
    #expect(sink.statistics.sentRecords == arrived.count)
  }

  @Test("a record larger than the whole budget is dropped and counted; the others are not")
  func largerThanBudget() throws {
    var configuration = try configuration()
    configuration.limits.maximumSpillBytes = 64 << 10
    let sink = LokiSink(configuration, reports)
    sink.write([Numbered.record(1), Numbered.record(2, padding: 70_000), Numbered.record(3, padding: 20_000)])
    sink.finish()
    #expect(try Numbered.arrived(receiver.entries) == [1, 3])
    #expect(reports.all == [.dropped(.full, count: 1)])
  }

  @Test("a directory of another process is waited for in memory, and had as soon as it is free")
  func locked() async throws {
    var waiting = try configuration()
    waiting.limits.maximumBatchAgeSeconds = 30
    receiver.set(.answer(500))
    let first = LokiSink(try configuration(), Reports())
    first.write(Numbered.records(0..<10))
    let second = LokiSink(waiting, reports)
    second.write(Numbered.records(10..<20))
    #expect(second.statistics.memoryRecords == 10)
    #expect(second.statistics.isSpillUnavailable)
    first.finish()
    try await eventually("the directory") {
      second.write([])
      second.write([Numbered.record(20)])
      return !second.statistics.isSpillUnavailable
    }
    let last = second.statistics
    #expect(last.memoryRecords == 0)
    receiver.set(.accept)
    second.finish()
    #expect(Set(try Numbered.arrived(receiver.entries)) == Set(0..<21))
    #expect(reports.all.contains(.spillUnavailable(reason: "\(path)/loki.lock is held by another process")))
    #expect(reports.all.contains(.spillAvailable))
    #expect(reports.dropped() == 0)
  }

  @Test("what is found late is not settled with what was in flight from memory")
  func foundLate() async throws {
    let hole = try FreePorts.blackHole()
    let first = LokiSink(try .test("http://127.0.0.1:\(hole.port)", directory: path), Reports())
    first.write(Numbered.records(0..<10))
    receiver.set(.slow(milliseconds: 500))
    let second = LokiSink(try configuration(), reports)
    second.write(Numbered.records(10..<20))
    try await receiver.wait("both") { $0.connectionCount == 1 }
    first.finish(withinSeconds: 0)
    try await Task.sleep(for: .milliseconds(60))
    second.write(Numbered.records(20..<30))
    #expect(receiver.entries.isEmpty)
    try await receiver.wait(forEntries: 30)
    second.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<30))
    #expect(try segments() == [])
  }

  @Test("a directory that cannot be made or is none leaves the memory, said once")
  func unusable() throws {
    let file = try directory.write("", to: "file")
    for path in [file, directory.file("missing/below"), "/proc/loki"] {
      let reports = Reports()
      var configuration = try configuration()
      configuration.directory = path
      let sink = LokiSink(configuration, reports)
      for number in 0..<5 { sink.write([Numbered.record(number)]) }
      sink.finish()
      let troubles = reports.all.count {
        if case .spillUnavailable(let reason) = $0 { reason.contains(path) } else { false }
      }
      #expect(troubles == 1 && reports.all.count == 1, "\(reports.all)")
    }
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<5))
  }

  @Test("a full disk leaves what is there, and the memory within its bound")
  func fullDisk() async throws {
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String, url = receiver.url as String] in
      // No file of this process may grow past this, which is to pwrite(2) as a full disk is.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 20_000, rlim_max: 20_000)
      setrlimit(__rlimit_resource_t(1), &limit)
      let reports = Reports()
      var configuration = try LokiConfiguration.test(url, directory: path)
      configuration.limits.maximumMemoryBytes = 40_000
      configuration.limits.maximumBatchAgeSeconds = 30
      configuration.limits.spillRetrySeconds = 30
      let sink = LokiSink(configuration, reports)
      for number in 0..<2_000 { sink.write([Numbered.record(number)]) }
      let now = sink.statistics
      let isHeld = now.spillRecords > 50 && now.memoryRecords > 50 && now.memoryBytes <= 40_000
      let isCounted = now.spillRecords + now.memoryRecords + reports.dropped(.full) == 2_000
      let troubles = reports.all.count { if case .spillUnavailable = $0 { true } else { false } }
      // No half of a record behind the whole ones.
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "/loki-00000001.spill")
      let isWhole = attributes[.size] as? Int == now.spillBytes
      sink.finish()
      exit(
        isHeld && isWhole && isCounted && troubles == 1 && sink.statistics.sentRecords + reports.dropped(.full) == 2_000
          ? 7 : 1)
    }
    let arrived = try Numbered.arrived(receiver.entries)
    #expect(arrived.count > 100 && arrived.count < 2_000)
    #expect(arrived.first == 0 && arrived.last == 1_999)
    #expect(Numbered.isInOrder(receiver.entries))
  }
}
