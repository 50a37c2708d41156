import Dispatch
import Foundation
import Logging
import Synchronization
import Telemetry
import Testing

/// Several sinks at once, each with its own level, bounds and time.
@Suite("Sink queue", .timeLimit(.minutes(2)))
struct SinkQueueTests {
  @Test("each sink gets what is grave enough for it, and nobody encodes for none")
  func levels() {
    let (all, grave, events) = (MemorySink(), MemorySink(), Events())
    let pipeline = LogPipeline(
      service: "s",
      destinations: [
        LogDestination("all", all, minimumLevel: .debug), LogDestination("grave", grave, minimumLevel: .error),
      ]
    ) { events.count($0) }
    for level in Logger.Level.allCases { pipeline.logger().log(level: level, "\(level)") }
    pipeline.close()
    #expect(all.lineCount == 6)
    #expect(grave.lineCount == 2)
    #expect(events.all == Events.Counts(logged: 7))
  }

  @Test("a sink with a small buffer loses its own records alone, and no hand-over is larger than asked")
  func ownBounds() {
    let (gate, largest) = (GatedSink(), Awaited(0))
    let (fast, events) = (MemorySink(), Events())
    let counting = ScriptedSink { records in largest.update { $0 = max($0, records.count) } }
    let pipeline = LogPipeline(
      service: "s",
      destinations: [
        LogDestination("small", gate, limits: .init(pendingBytes: 10_000)),
        LogDestination("counting", counting, limits: .init(handOverRecords: 7)), LogDestination("fast", fast),
      ], sampling: nil
    ) { events.count($0) }
    for _ in 0..<500 { pipeline.logger().info("m") }
    gate.open()
    pipeline.close(withinSeconds: 20)
    #expect(events.all.full > 400)
    #expect(gate.kept.lineCount == 500 - events.all.full)
    #expect(gate.kept.lineCount > 5)
    // A record counts for at least twice its line, and what the sink had in hand counts, too.
    #expect(2 * gate.kept.text.utf8.count <= 10_000)
    #expect(fast.lineCount == 500)
    #expect(largest.current == 7)
  }

  @Test("a sink that uses fields gets them, the error among them; where none does, records come without")
  func fields() {
    let (read, bare) = (Awaited<[Logger.Metadata]>([]), MemorySink())
    let sink = ScriptedSink { records in read.update { $0 += records.map(\.metadata) } }
    let pipeline = LogPipeline(service: "s", sinks: [("fields", sink), ("lines", bare)]) { _ in }
    pipeline.logger().info("m", metadata: ["a": "b", "trace_id": "4111111111111111"])
    pipeline.logger().error("m", error: LogSinkError("broken"), metadata: ["error": "own"])
    pipeline.close()
    #expect(
      read.current == [
        ["a": "b", "trace_id": "4111111111111111"], ["error": "broken", "metadata.error": "own"],
      ])
    let lines = Awaited<[Logger.Metadata]>([])
    let alone = LogPipeline(
      service: "s",
      sinks: [("file", ScriptedSink(usesFields: false) { records in lines.update { $0 += records.map(\.metadata) } })]
    ) { _ in }
    alone.logger().info("m", metadata: ["a": "b"])
    alone.close()
    #expect(lines.current == [[:]])
  }

  @Test("a sink is idle after the time that it asked for, at the start and after each write")
  func idle() async throws {
    let calls = Awaited<[String]>([])
    let sink = ScriptedSink(
      write: { _ in calls.update { $0.append("write") } }, idleAfter: { calls.current.count < 5 ? 0.03 : nil },
      idle: { calls.update { $0.append("idle") } })
    let pipeline = LogPipeline(service: "s", sinks: [("idle", sink)]) { _ in }
    #expect(try await calls.wait { $0.count >= 2 })
    pipeline.logger().warning("m")
    #expect(try await calls.wait { $0.count >= 5 })
    pipeline.close()
    #expect(calls.current.count == 5)
    #expect(calls.current.count { $0 == "write" } == 1)
    #expect(calls.current.last == "idle")
  }

  @Test("a sink that asked for nothing is never idle; closing finishes it after the last record")
  func finish() throws {
    let calls = Awaited<[String]>([])
    let deadlines = Awaited<[Timestamp]>([])
    let sink = ScriptedSink(
      write: { records in calls.update { $0 += records.map(\.message) } },
      idle: { calls.update { $0.append("idle") } },
      finish: { deadline in
        deadlines.update { $0.append(deadline) }
        calls.update { $0.append("finish") }
      })
    let pipeline = LogPipeline(service: "s", sinks: [("sink", sink)]) { _ in }
    for number in 0..<3 { pipeline.logger().info("\(number)") }
    let before = Timestamp.now()
    pipeline.close(withinSeconds: 5)
    pipeline.close(withinSeconds: 5)
    #expect(calls.current == ["0", "1", "2", "finish"])
    let deadline = try #require(deadlines.current.first)
    #expect(deadline >= Timestamp(seconds: before.seconds + 5, nanoseconds: before.nanoseconds))
    #expect(deadline < Timestamp(seconds: before.seconds + 8, nanoseconds: 0))
  }

  @Test("closing does not wait longer than said for a sink that never finishes")
  func endlessFinish() {
    let (gate, events) = (DispatchSemaphore(value: 0), Events())
    let sink = ScriptedSink(finish: { _ in gate.wait() })
    let pipeline = LogPipeline(service: "s", sinks: [("sink", sink)]) { events.count($0) }
    pipeline.logger().info("m")
    let took = ContinuousClock().measure { pipeline.close(withinSeconds: 1) }
    gate.signal()
    #expect(took < .seconds(3))
    #expect(events.all == Events.Counts(logged: 1))
  }

  @Test("an error says how many records it cost; that a sink fails and recovers is said once each")
  func edges() async throws {
    let (events, handled) = (Events(), Awaited(0))
    let sink = ScriptedSink { records in
      defer { handled.update { $0 += records.count } }
      switch records.first?.message {
      case "all": throw LogSinkError("down")
      case "none": throw LogSinkError("kept for later", lostRecords: 0)
      default: return
      }
    }
    let pipeline = LogPipeline(service: "s", sinks: [("a", sink)]) { events.count($0) }
    for (number, message) in ["fine", "all", "all", "none", "fine", "fine", "all", "fine"].enumerated() {
      pipeline.logger().warning("\(message)")
      #expect(try await handled.wait { $0 == number + 1 })
    }
    pipeline.close()
    let edges = ["a fails: down", "a recovered", "a fails: down", "a recovered"]
    #expect(events.all == Events.Counts(logged: 8, refused: 3, edges: edges))
  }

  @Test("an idle that fails costs no record, and is over only when everything works again")
  func idleFailure() async throws {
    let (events, idles) = (Events(), Awaited(0))
    let sink = ScriptedSink(
      idleAfter: { idles.current < 3 ? 0.001 : nil },
      idle: {
        idles.update { $0 += 1 }
        if idles.current < 3 { throw LogSinkError("disk full") }
      })
    let pipeline = LogPipeline(service: "s", sinks: [("a", sink)]) { events.count($0) }
    pipeline.logger().info("m")
    #expect(try await idles.wait { $0 == 3 })
    pipeline.close()
    #expect(events.all == Events.Counts(logged: 1, edges: ["a fails: disk full", "a recovered"]))
  }

  @Test("how much waits, and for how long, can be asked at any time")
  func depth() async throws {
    let (gate, isWriting) = (DispatchSemaphore(value: 0), Awaited(false))
    let sink = ScriptedSink { _ in
      isWriting.update { $0 = true }
      gate.wait()
      gate.signal()
    }
    let pipeline = LogPipeline(service: "s", sinks: [("slow", sink), ("none", MemorySink())]) { _ in }
    #expect(pipeline.queues.map(\.name) == ["slow", "none"])
    #expect(pipeline.queues.allSatisfy { $0.pendingRecords == 0 && $0.pendingBytes == 0 && $0.oldestSeconds == 0 })
    let start = ContinuousClock.now
    pipeline.logger().warning("in hand")
    #expect(try await isWriting.wait { $0 })
    for _ in 0..<9 { pipeline.logger().warning("waiting") }
    try await Task.sleep(for: .milliseconds(30))
    let slow = try #require(pipeline.queues.first)
    let elapsed = ContinuousClock.now - start
    #expect(slow.pendingRecords == 10)
    #expect(slow.pendingBytes > 10 * 100 && slow.pendingBytes < 10 * 1_000)
    #expect(slow.oldestSeconds >= 0.03 && .seconds(slow.oldestSeconds) <= elapsed + .milliseconds(5))
    gate.signal()
    pipeline.close(withinSeconds: 10)
    #expect(pipeline.queues.allSatisfy { $0.pendingRecords == 0 && $0.pendingBytes == 0 && $0.oldestSeconds == 0 })
  }

  @Test("eight threads, two sinks, one of them slow: nothing is lost uncounted, and each thread's order is kept")
  func stress() throws {
    let (slow, fast) = (Awaited<[String]>([]), Awaited<[String]>([]))
    let events = Mutex((slow: 0, fast: 0, logged: 0))
    let slowSink = ScriptedSink { records in
      slowness()
      slow.update { $0 += records.map(\.message) }
    }
    let fastSink = ScriptedSink { records in fast.update { $0 += records.map(\.message) } }
    let pipeline = LogPipeline(
      service: "s",
      destinations: [
        LogDestination("slow", slowSink, limits: .init(pendingBytes: 200_000, handOverRecords: 64)),
        LogDestination("fast", fastSink, limits: .init(pendingBytes: 1 << 30)),
      ], sampling: nil
    ) { event in
      events.withLock { counts in
        switch event {
        case .logged: counts.logged += 1
        case .dropped("slow", _, let records): counts.slow += records
        case .dropped(_, _, let records): counts.fast += records
        default: break
        }
      }
    }
    let (threads, lines) = (8, 12_500)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      let logger = pipeline.logger()
      for number in 0..<lines { logger.info("\(thread) \(number)") }
    }
    pipeline.close(withinSeconds: 60)
    let counts = events.withLock { $0 }
    #expect(counts.logged == threads * lines)
    #expect(slow.current.count + counts.slow == threads * lines)
    #expect(fast.current.count + counts.fast == threads * lines)
    #expect(counts.slow > 0 && counts.fast == 0)
    for read in [slow.current, fast.current] {
      var last = [Int](repeating: -1, count: threads)
      for message in read {
        let numbers = message.split(separator: " ").compactMap { Int($0) }
        try #require(numbers.count == 2)
        #expect(numbers[1] > last[numbers[0]])
        last[numbers[0]] = numbers[1]
      }
    }
  }
}

/// That of a disk: two milliseconds on the calling thread.
private func slowness() { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + 0.002) }
