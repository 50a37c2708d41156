import Dispatch
import Foundation
import Synchronization
import Telemetry
import TelemetryLoki
import TestSupport
import Testing

/// `kill -9` in the middle, again and again: what was given is sent.
@Suite("Killed senders", .timeLimit(.minutes(2)))
struct CrashTests {
  /// Gives records until it is killed, so long after the first ones, and leaves in the file how many it had given.
  private static func give(_ configuration: LokiConfiguration, from first: Int, progress: String, milliseconds: Int) {
    let file = open(progress, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    let sink = LokiSink(configuration, Reports())
    var (next, isTimed) = (first, false)
    while true {
      // From here on at any instant, also amid a write; before it, a slow machine has not given enough to lose.
      if !isTimed, next > first + 20 {
        isTimed = true
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { kill(getpid(), SIGKILL) }
      }
      let count = 1 + next % 17
      sink.write(Numbered.records(next..<next + count))
      next += count
      var given = Int64(next)
      pwrite(file, &given, 8, 0)
      // At a service's pace, so that the receiver has some thousand records and not a million.
      poll(nil, 0, 1)
    }
  }

  private static func given(_ progress: String) throws -> Int {
    let data = try Data(contentsOf: URL(fileURLWithPath: progress))
    guard data.count == 8 else { throw TestSupportError("the sender gave nothing") }
    return Int(data.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) })
  }

  @Test("nothing is lost, whatever the receiver does meanwhile")
  func killed() async throws {
    let (receiver, directory) = (try StrictReceiver(), try TemporaryDirectory("loki"))
    let (path, progress) = (directory.file("spill"), directory.file("progress"))
    var (next, given) = (0, Set<Int>())
    for mode in [.accept, .answer(500), .slow(milliseconds: 20), .hang, .reset, .accept] as [StrictReceiver.Mode] {
      receiver.set(mode)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [url = receiver.url as String, path = path as String, progress = progress as String, next = next as Int] in
        Self.give(try .test(url, directory: path), from: next, progress: progress, milliseconds: 120)
      }
      let end = try Self.given(progress)
      #expect(end > next + 20)
      given.formUnion(next..<end)
      // The write under way when it was killed may be there too.
      next = end + 17
    }
    receiver.set(.accept)
    let reports = Reports()
    let sink = LokiSink(try .test(receiver.url, directory: path), reports)
    try await eventually("the rest") { given.isSubset(of: try Numbered.arrived(receiver.entries)) }
    sink.finish()
    let arrived = try Numbered.arrived(receiver.entries)
    #expect(Set(arrived).count == arrived.count)
    #expect(reports.dropped() == 0)
    #expect(receiver.violations == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["loki.lock"])
  }

  @Test("with a dead receiver the process still ends in time, and leaves everything to the next")
  func deadReceiver() async throws {
    let hole = try FreePorts.blackHole()
    let directory = try TemporaryDirectory("loki")
    let path = directory.file("spill")
    var configuration = try LokiConfiguration(url: "http://127.0.0.1:\(hole.port)", job: "negocio", instance: "a:1")
    configuration.directory = path
    let (sink, reports) = (LokiSink(configuration, Reports()), Reports())
    sink.write(Numbered.records(0..<100))
    let took = ContinuousClock().measure { sink.finish(withinSeconds: 1) }
    #expect(took > .milliseconds(800) && took < .seconds(5))
    let receiver = try StrictReceiver()
    let next = LokiSink(try .test(receiver.url, directory: path), reports)
    next.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<100))
    #expect(reports.all == [])
  }

  @Test("an attempt that was under way at the end is not the last one")
  func lastAttempt() async throws {
    let (receiver, reports) = (try StrictReceiver(), Reports())
    receiver.set(.hang)
    var configuration = try LokiConfiguration.test(receiver.url)
    configuration.limits.responseTimeoutSeconds = 0.4
    configuration.limits.initialBackoffSeconds = 60
    let sink = LokiSink(configuration, reports)
    sink.write(Numbered.records(0..<10))
    try await receiver.wait("the request") { $0.requests.count == 1 }
    receiver.set(.accept)
    sink.finish()
    #expect(try Numbered.arrived(receiver.entries) == Array(0..<10))
    #expect(reports.dropped() == 0)
  }

  @Test("without a directory what is left at the end is counted; later records are too")
  func closed() throws {
    let (hole, reports) = (try FreePorts.blackHole(), Reports())
    let sink = LokiSink(try .test("http://127.0.0.1:\(hole.port)"), reports)
    sink.write(Numbered.records(0..<30))
    sink.finish(withinSeconds: 1)
    #expect(reports.dropped(.closed) == 30)
    sink.write(Numbered.records(30..<33))
    sink.finish()
    #expect(reports.dropped(.closed) == 33)
    #expect(reports.dropped() == 33)
  }
}
