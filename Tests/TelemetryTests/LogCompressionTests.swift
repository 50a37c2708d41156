import Foundation
import TestSupport
import Testing

@testable import Telemetry

/// Files that were moved aside become small, and no moment at which the process may end costs a line. gzip(1) itself
/// reads them.
@Suite("Log compression", .timeLimit(.minutes(2)))
struct LogCompressionTests {
  /// 2026-11-24 12:00 UTC.
  private static let noon = 1_795_521_600

  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory("log") }

  private func sink(maximumFileBytes: Int = 1 << 30, day: Int = 0, keptDays: Int = 30) -> RotatingFileSink {
    RotatingFileSink(
      directory: directory.path, name: "svc", keptDays: keptDays, maximumFileBytes: maximumFileBytes,
      compresses: true
    ) { Timestamp(seconds: Self.noon + day * 86_400, nanoseconds: 0) }
  }

  private var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() }
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: directory.file(name), encoding: .utf8)
  }

  private func unzipped(_ name: String) async throws -> String {
    try await Subprocess.check(["/bin/gzip", "-t", directory.file(name)])
    return try await Subprocess.check(["/bin/gzip", "-dc", directory.file(name)])
  }

  /// Does what the queue's thread does while no record comes.
  private func idle(_ sink: RotatingFileSink) throws {
    for _ in 0..<10_000 where sink.secondsUntilIdle == 0 { try sink.idle() }
    try #require(sink.secondsUntilIdle != 0)
  }

  private func lines(_ range: Range<Int>) -> String { range.map { "line \($0)\n" }.joined() }

  @Test("a file that is full is moved aside and compressed; the names sort as the lines were written")
  func bySize() async throws {
    let sink = sink(maximumFileBytes: 1_000)
    for number in 0..<500 { try sink.write([.line("line \(number)")]) }
    try idle(sink)
    let files = try files
    #expect(files.last == "svc.log")
    #expect(files.first == "svc-2026-11-24.0001.log.gz")
    #expect(files.count > 4)
    var all = ""
    for file in files.dropLast() {
      let part = try await unzipped(file)
      #expect(part.utf8.count <= 1_000 && part.utf8.count > 900)
      all += part
    }
    #expect(all + (try text("svc.log")) == lines(0..<500))
    let current = try text("svc.log")
    // The rest of the day comes after its parts.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Double(Self.noon))], ofItemAtPath: directory.file("svc.log"))
    let next = self.sink(day: 1)
    try next.write([.line("tomorrow")])
    try idle(next)
    let later = try self.files
    #expect(later.dropLast().last == "svc-2026-11-24.log.gz")
    #expect(later.count == files.count + 1)
    #expect(try await unzipped("svc-2026-11-24.log.gz") == current)
  }

  @Test("a large file is compressed in slices, between which lines are written")
  func slices() async throws {
    let old = lines(0..<200_000)
    _ = try directory.write(old, to: "svc-2026-11-23.log")
    let sink = sink()
    var steps = 0
    while sink.secondsUntilIdle == 0 {
      try sink.idle()
      try sink.write([.line("between \(steps)")])
      steps += 1
    }
    #expect(steps > old.utf8.count / (256 << 10) / 2 && steps < 100)
    #expect(try files == ["svc-2026-11-23.log.gz", "svc.log"])
    #expect(try await unzipped("svc-2026-11-23.log.gz") == old)
    #expect(try text("svc.log") == (0..<steps).map { "between \($0)\n" }.joined())
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.file("svc-2026-11-23.log.gz"))
    #expect(try #require(attributes[.posixPermissions] as? Int) & 0o007 == 0)
  }

  @Test("what a killed process left half done is done by the next one")
  func leftovers() async throws {
    _ = try directory.write(lines(0..<100), to: "svc-2026-11-20.log")
    _ = try directory.write("half a fi", to: "svc-2026-11-20.log.gz.part")
    // Killed after the compressed file had its name.
    _ = try directory.write(lines(100..<200), to: "svc-2026-11-21.log")
    try await Subprocess.check(["/bin/gzip", "-k", directory.file("svc-2026-11-21.log")])
    // The clock was set back, and the day's name is taken by other lines.
    _ = try directory.write(lines(200..<300), to: "svc-2026-11-22.log")
    try await Subprocess.check(["/bin/gzip", directory.file("svc-2026-11-22.log")])
    _ = try directory.write(lines(300..<450), to: "svc-2026-11-22.log")
    _ = try directory.write("other", to: "svc-2026-11-19.log.gz.part")
    try idle(sink())
    #expect(
      try files == [
        "svc-2026-11-20.log.gz", "svc-2026-11-21.log.gz", "svc-2026-11-22.0001.log.gz", "svc-2026-11-22.log.gz",
      ])
    var all = ""
    for file in ["svc-2026-11-20", "svc-2026-11-21", "svc-2026-11-22", "svc-2026-11-22.0001"] {
      all += try await unzipped("\(file).log.gz")
    }
    #expect(all == lines(0..<450))
  }

  @Test("killed at any step, nothing is lost and no half file passes for a whole one")
  func killed() async throws {
    let old = lines(0..<60_000)
    for step in 0..<7 {
      for file in try files { try FileManager.default.removeItem(atPath: directory.file(file)) }
      _ = try directory.write(old, to: "svc-2026-11-23.log")
      let sink = sink()
      for _ in 0..<step { try sink.idle() }
      // Nothing of the sink's own runs any more; the next process begins.
      let left = try files
      if left.contains("svc-2026-11-23.log.gz") {
        #expect(try await unzipped("svc-2026-11-23.log.gz") == old)
      } else {
        #expect(try text("svc-2026-11-23.log") == old)
      }
      try idle(self.sink())
      #expect(try files == ["svc-2026-11-23.log.gz"])
      #expect(try await unzipped("svc-2026-11-23.log.gz") == old)
    }
  }

  @Test("a sink that is finished amid a file leaves it plain and whole")
  func finished() throws {
    let old = lines(0..<60_000)
    _ = try directory.write(old, to: "svc-2026-11-23.log")
    let sink = sink()
    for _ in 0..<2 { try sink.idle() }
    #expect(try files == ["svc-2026-11-23.log", "svc-2026-11-23.log.gz.part"])
    sink.finish(until: .now())
    #expect(try files == ["svc-2026-11-23.log"])
    #expect(try text("svc-2026-11-23.log") == old)
  }

  @Test("removal is done in steps as well, and a clock that was set back removes nothing")
  func removal() throws {
    for number in 1...200 {
      let part = String(String(number + 10_000).dropFirst())
      _ = try directory.write("x", to: "svc-2026-10-01.\(part).log.gz")
    }
    let earlier = sink(day: -40)
    try idle(earlier)
    #expect(try files.count == 200)
    let sink = sink()
    try sink.idle()
    let left = try files.count
    #expect(left > 100 && left < 200)
    try idle(sink)
    #expect(try files.isEmpty)
  }

  /// A limit on the file's size ends a write as a full disk does, and needs no mount.
  @Test("a full disk leaves the file plain, costs no line, and is said once")
  func fullDisk() async {
    await #expect(processExitsWith: .exitCode(7)) {
      signal(SIGXFSZ, SIG_IGN)
      let directory = try TemporaryDirectory("log")
      var random = SystemRandomNumberGenerator()
      let old = (0..<20_000).map { _ in "\(UInt64.random(in: 0...UInt64.max, using: &random))\n" }.joined()
      _ = try directory.write(old, to: "svc-2026-11-23.log")
      let sink = RotatingFileSink(
        directory: directory.path, name: "svc", keptDays: 30, maximumFileBytes: 1 << 30, compresses: true
      ) { Timestamp(seconds: 1_795_521_600, nanoseconds: 0) }
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), [rlimit(rlim_cur: 8_050, rlim_max: rlim_t.max)])
      var problems = 0
      for number in 0..<5 {
        try sink.write([.line("\(number)")])
        while sink.secondsUntilIdle == 0 { do { try sink.idle() } catch { problems += 1 } }
      }
      let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
      let kept = try String(contentsOfFile: directory.file("svc-2026-11-23.log"), encoding: .utf8) == old
      let text = try String(contentsOfFile: directory.file("svc.log"), encoding: .utf8)
      let seconds = sink.secondsUntilIdle ?? 0
      let isRight = problems == 1 && files == ["svc-2026-11-23.log", "svc.log"] && kept && seconds > 500
      exit(isRight && text == "0\n1\n2\n3\n4\n" ? 7 : 1)
    }
  }

  @Test("in a pipeline, a process that only ever starts finishes what was left")
  func pipeline() async throws {
    _ = try directory.write(lines(0..<1_000), to: "svc-2026-11-23.log")
    let pipeline = LogPipeline(
      service: "s",
      sinks: [("file", RotatingFileSink(directory: directory.path, name: "svc", keptDays: 100_000))]
    ) { _ in }
    let limit = ContinuousClock.now + .seconds(20)
    while try files != ["svc-2026-11-23.log.gz"], ContinuousClock.now < limit {
      try await Task.sleep(for: .milliseconds(2))
    }
    pipeline.close()
    #expect(try await unzipped("svc-2026-11-23.log.gz") == lines(0..<1_000))
  }
}
