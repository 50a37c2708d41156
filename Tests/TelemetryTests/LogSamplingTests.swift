import Dispatch
import Foundation
import Logging
import Telemetry
import Testing

/// Repeated lines are cut to the first of each second, and what was cut is counted.
@Suite("Log sampling", .timeLimit(.minutes(2)))
struct LogSamplingTests {
  private let sink = MemorySink()
  private let events = Events()

  private func pipeline(_ recordsPerSecond: Int = 5) -> LogPipeline {
    LogPipeline(
      service: "s", sinks: [("memory", sink)], sampling: LogSampling(recordsPerSecond: recordsPerSecond)
    ) { [events] in events.count($0) }
  }

  private var read: [[String: Any]] { get throws { try sink.lines.map { try [String: Any](json: $0) } } }

  /// The summaries' counts by message.
  private var suppressed: [String: Int] {
    get throws {
      let pairs = try read.compactMap { line in
        (line["suppressed"] as? Int).map { (line["message"] as? String ?? "", $0) }
      }
      return Dictionary(pairs, uniquingKeysWith: +)
    }
  }

  @Test("the first records of a call site pass, the others are a number in a line of its own")
  func summary() throws {
    let pipeline = pipeline()
    for number in 0..<1_000 { pipeline.logger("loop").info("again", metadata: ["n": "\(number)"]) }
    pipeline.close()
    // The loop may cross into other seconds, each of which has its first five.
    let whole = try read.filter { $0["n"] != nil }
    #expect(whole.count >= 5 && whole.count <= 5 * 10)
    #expect(whole.count + events.all.sampled == 1_000)
    #expect(try suppressed == ["again": events.all.sampled])
    #expect(events.all.logged == 1_000)
    let line = try #require(try read.first { $0["suppressed"] != nil })
    #expect(line.keys.sorted() == ["level", "logger", "message", "service", "suppressed", "time"])
    #expect(line["level"] as? String == "info")
    #expect(line["logger"] as? String == "loop")
  }

  @Test("the summary comes when the second is over, without another record")
  func timely() async throws {
    let pipeline = pipeline()
    for _ in 0..<20 { pipeline.logger().info("burst") }
    let limit = ContinuousClock.now + .seconds(10)
    while try suppressed.isEmpty, ContinuousClock.now < limit { try await Task.sleep(for: .milliseconds(5)) }
    #expect(try suppressed["burst"] == events.all.sampled)
    for _ in 0..<20 { pipeline.logger().info("burst") }
    pipeline.close()
    #expect(try suppressed["burst"] == events.all.sampled)
    #expect(sink.lines.count { !$0.contains("suppressed") } + events.all.sampled == 40)
  }

  @Test("warnings and worse always pass")
  func grave() throws {
    let pipeline = pipeline()
    for level in [Logger.Level.warning, .error, .critical] {
      for _ in 0..<100 { pipeline.logger().log(level: level, "m") }
    }
    pipeline.close()
    #expect(sink.lineCount == 300)
    #expect(events.all == Events.Counts(logged: 300))
  }

  @Test("call sites and levels are counted each for itself")
  func sites() throws {
    let pipeline = pipeline(1)
    let logger = pipeline.logger()
    for _ in 0..<50 {
      logger.info("first")
      logger.info("second")
      logger.notice("third")
      logger.debug("third")
    }
    for line: UInt in 1...3 { for _ in 0..<50 { logger.info("elsewhere \(line)", line: line) } }
    for file in ["A/b.swift", "A/c.swift", "A long name of a module/and of a file.swift"] {
      for _ in 0..<50 { logger.info("\(file)", file: file, line: 7) }
    }
    pipeline.close()
    let messages = Set(try read.filter { $0["suppressed"] == nil }.compactMap { $0["message"] as? String })
    #expect(messages.count == 9)
    // Third is one message of two levels, hence of two sites.
    #expect(try suppressed.count == 9)
    #expect(try suppressed.values.allSatisfy { $0 > 25 })
    #expect(try read.count { $0["message"] as? String == "third" && $0["suppressed"] != nil } >= 2)
  }

  @Test("more call sites than the table has places pass uncut")
  func bounded() throws {
    let pipeline = LogPipeline(
      service: "s", destinations: [LogDestination("memory", sink, limits: .init(pendingBytes: 1 << 30))],
      sampling: LogSampling(recordsPerSecond: 1)
    ) { [events] in events.count($0) }
    let logger = pipeline.logger()
    for line: UInt in 0..<10_000 { logger.info("m", line: line) }
    #expect(events.all.sampled == 0)
    for line: UInt in 0..<10_000 { logger.info("m", line: line) }
    #expect(events.all.sampled <= 2_048)
    pipeline.close(withinSeconds: 20)
    #expect(events.all.lost == 0)
  }

  @Test("threads lose no record uncounted")
  func threads() throws {
    let pipeline = pipeline(100)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<2_000 { pipeline.logger().info("m") }
    }
    pipeline.close(withinSeconds: 20)
    let whole = sink.lines.count { !$0.contains("suppressed") }
    #expect(whole >= 100)
    #expect(whole + events.all.sampled == 16_000)
    #expect(try suppressed == ["m": events.all.sampled])
  }

  @Test("by default a thousand a second pass")
  func standard() throws {
    let pipeline = LogPipeline(service: "s", sinks: [("memory", sink)]) { [events] in events.count($0) }
    let before = Timestamp.now().seconds
    for _ in 0..<1_500 { pipeline.logger().info("m") }
    let seconds = Timestamp.now().seconds - before + 1
    pipeline.close(withinSeconds: 20)
    let whole = sink.lines.count { !$0.contains("suppressed") }
    #expect(whole >= 1_000 && whole <= min(1_500, 1_000 * seconds))
  }
}
