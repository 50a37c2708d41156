import Dispatch
import Foundation
import Logging
import Synchronization
import Telemetry
import Testing

/// Logging blocks nobody, and what is lost is counted.
@Suite("Log pipeline", .timeLimit(.minutes(2)))
struct LogPipelineTests {
  /// A kilobyte, so that a queue's four mebibytes are a few thousand lines.
  private let message = Logger.Message(stringLiteral: String(repeating: "m", count: 1_000))

  @Test("every line reaches every sink, in order")
  func delivers() throws {
    let sinks = [MemorySink(), MemorySink()]
    let events = Events()
    let pipeline = LogPipeline(service: "s", sinks: [("a", sinks[0]), ("b", sinks[1])]) { events.count($0) }
    for number in 0..<500 { pipeline.logger().info("\(number)") }
    pipeline.close()
    for sink in sinks {
      let read = try sink.lines.map { try [String: Any](json: $0)["message"] as? String }
      #expect(read == (0..<500).map(String.init))
    }
    #expect(events.all == Events.Counts(logged: 500))
  }

  @Test("a sink that stands still blocks nobody: its queue is bounded, and its drops are counted")
  func bounded() {
    let (slow, fast, events) = (GatedSink(), MemorySink(), Events())
    let pipeline = LogPipeline(service: "s", sinks: [("slow", slow), ("fast", fast)], sampling: nil) {
      events.count($0)
    }
    let logger = pipeline.logger()
    for _ in 0..<12_000 { logger.info(message) }
    #expect(events.all.logged == 12_000)
    #expect(events.all.full > 0)
    slow.open()
    pipeline.close(withinSeconds: 30)
    // The bound is on memory, of which the lines are about a half; what the sink held counts, too.
    #expect(slow.kept.text.utf8.count > 1_500_000)
    #expect(slow.kept.text.utf8.count <= 4 << 20)
    #expect(slow.kept.lineCount + fast.lineCount + events.all.full == 2 * 12_000)
  }

  @Test("threads that log at once lose nothing uncounted, and no line is torn")
  func threads() throws {
    let (sink, events) = (MemorySink(), Events())
    let pipeline = LogPipeline(service: "s", sinks: [("memory", sink)], sampling: nil) { events.count($0) }
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for number in 0..<250 { pipeline.logger("\(thread)").info("\(number)") }
    }
    pipeline.close(withinSeconds: 20)
    let read = try sink.lines.map { try [String: Any](json: $0) }
    #expect(events.all == Events.Counts(logged: 2_000))
    for thread in 0..<8 {
      let own = read.filter { $0["logger"] as? String == "\(thread)" }.map { $0["message"] as? String }
      #expect(own == (0..<250).map(String.init))
    }
  }

  @Test("closing does not wait for a sink that hangs; what it did not take is lost and counted, once")
  func hangs() async throws {
    let (events, isWriting, written) = (Events(), Awaited(false), Awaited(0))
    let gate = DispatchSemaphore(value: 0)
    let sink = ScriptedSink { records in
      isWriting.update { $0 = true }
      gate.wait()
      written.update { $0 += records.count }
      throw LogSinkError("too late")
    }
    let pipeline = LogPipeline(service: "s", sinks: [("hanging", sink)]) { events.count($0) }
    pipeline.logger().warning("held by the sink")
    #expect(try await isWriting.wait { $0 })
    for _ in 0..<50 { pipeline.logger().info("waiting") }
    let took = ContinuousClock().measure { pipeline.close(withinSeconds: 1) }
    #expect(took >= .milliseconds(900) && took < .seconds(3))
    #expect(events.all.unsent == 51)
    pipeline.logger().info("after the end")
    #expect(events.all.unsent == 52)
    pipeline.close(withinSeconds: 0)
    gate.signal()
    #expect(try await written.wait { $0 == 1 })
    pipeline.close(withinSeconds: 10)
    #expect(events.all.logged == 52 && events.all.lost == 52)
  }

  @Test("closing waits for a sink that works")
  func drains() async {
    let (sink, events) = (GatedSink(), Events())
    let pipeline = LogPipeline(service: "s", sinks: [("slow", sink)]) { events.count($0) }
    for _ in 0..<100 { pipeline.logger().info("m") }
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { sink.open() }
    pipeline.close(withinSeconds: 20)
    #expect(sink.kept.lineCount == 100)
    #expect(events.all == Events.Counts(logged: 100))
  }

  @Test("what a sink refuses is counted as refused")
  func refused() {
    let (kept, events) = (MemorySink(), Events())
    let pipeline = LogPipeline(service: "s", sinks: [("bad", RefusingSink()), ("good", kept)]) { events.count($0) }
    for _ in 0..<300 { pipeline.logger().info("m") }
    pipeline.close(withinSeconds: 20)
    #expect(events.all == Events.Counts(logged: 300, refused: 300, edges: ["bad fails: refused"]))
    #expect(kept.lineCount == 300)
  }

  @Test("a pipe that nobody reads any more is an error of its lines, not the end of the process")
  func closedPipe() async {
    await #expect(processExitsWith: .exitCode(7)) {
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      close(ends[0])
      let events = Events()
      let pipeline = LogPipeline(service: "s", sinks: [("pipe", DescriptorSink(descriptor: ends[1]))]) {
        events.count($0)
      }
      pipeline.logger().info("nobody listens")
      pipeline.close(withinSeconds: 10)
      exit(events.all.logged == 1 && events.all.refused == 1 && events.all.lost == 1 ? 7 : 1)
    }
  }

  @Test("a non-blocking pipe that is full loses nothing once it is read")
  func fullPipe() async throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    // No server that another test starts meanwhile may hold an end open.
    for end in ends { try #require(fcntl(end, F_SETFD, FD_CLOEXEC) == 0) }
    let (reading, writing) = (ends[0], ends[1])
    try #require(fcntl(writing, F_SETFL, O_NONBLOCK) == 0)
    let pipeline = LogPipeline(service: "s", sinks: [("pipe", DescriptorSink(descriptor: writing))]) { _ in }
    let logger = pipeline.logger()
    for _ in 0..<400 { logger.info(message) }
    try await Task.sleep(for: .milliseconds(200))
    // Reading blocks, hence on a thread of its own.
    async let all = withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let handle = FileHandle(fileDescriptor: reading, closeOnDealloc: true)
        continuation.resume(returning: (try? handle.readToEnd()) ?? Data())
      }
    }
    pipeline.close(withinSeconds: 30)
    close(writing)
    let read = await all
    #expect(read.count > 65_536)
    #expect(read.count { $0 == UInt8(ascii: "\n") } == 400)
  }
}
