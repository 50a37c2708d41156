import Foundation
import TestSupport
import Testing

@testable import Telemetry

/// The clock is injected, and files get their modification time by hand: only `@testable` reaches the former.
@Suite("Rotating file")
struct RotatingFileSinkTests {
  private static let secondsPerDay = 86_400
  /// 2026-11-24 12:00 UTC.
  private static let noon = 1_795_521_600

  /// A sink with its directory and its clock.
  private final class Stage {
    let directory: TemporaryDirectory
    private(set) var sink: RotatingFileSink
    private let clock: Clock

    final class Clock { var seconds = noon }

    init(keptDays: Int = 30, maximumFileBytes: Int = 1 << 30, compresses: Bool = false) throws {
      directory = try TemporaryDirectory("log")
      let clock = Clock()
      self.clock = clock
      sink = RotatingFileSink(
        directory: directory.path, name: "svc", keptDays: keptDays, maximumFileBytes: maximumFileBytes,
        compresses: compresses
      ) {
        Timestamp(seconds: clock.seconds, nanoseconds: 0)
      }
    }

    /// Writes a line `days` after the first day, and dates the file as of that instant.
    func write(_ line: String, days: Double) throws {
      clock.seconds = noon + Int(days * Double(secondsPerDay))
      try sink.write([.line(line)])
      try date("svc.log", days: days)
    }

    /// Does what the queue's thread does while no record comes.
    func idle() throws {
      for _ in 0..<10_000 where sink.secondsUntilIdle == 0 { try sink.idle() }
      #expect(sink.secondsUntilIdle != 0)
    }

    func date(_ name: String, days: Double) throws {
      let date = Date(timeIntervalSince1970: Double(noon) + days * Double(secondsPerDay))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: directory.file(name))
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: directory.file(name), encoding: .utf8) }
    var files: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() } }
  }

  @Test("a new day begins a new file, and the old one has its day's name")
  func rotates() throws {
    let stage = try Stage()
    try stage.write("one", days: 0)
    try stage.write("two", days: 0.49)
    try stage.write("three", days: 0.5)
    try stage.write("four", days: 1.7)
    #expect(try stage.files == ["svc-2026-11-24.log", "svc-2026-11-25.log", "svc.log"])
    #expect(try stage.text("svc-2026-11-24.log") == "one\ntwo\n")
    #expect(try stage.text("svc-2026-11-25.log") == "three\n")
    #expect(try stage.text("svc.log") == "four\n")
  }

  @Test("a file left over by an earlier process is moved to its own day; today's goes on")
  func leftover() throws {
    let old = try Stage()
    _ = try old.directory.write("left\n", to: "svc.log")
    try old.date("svc.log", days: -3)
    try old.write("new", days: 0)
    #expect(try old.text("svc-2026-11-21.log") == "left\n")
    #expect(try old.text("svc.log") == "new\n")

    let same = try Stage()
    _ = try same.directory.write("left\n", to: "svc.log")
    try same.date("svc.log", days: -0.4)
    try same.write("new", days: 0)
    #expect(try same.files == ["svc.log"])
    #expect(try same.text("svc.log") == "left\nnew\n")
  }

  @Test("after the kept days a file goes; whatever is not ours stays")
  func retention() throws {
    let stage = try Stage(keptDays: 3)
    let others = [
      "svc-0123456789.log", "svc-2020-01-01.log.bz2", "svc-2020-01-01.txt", "svc-2020-01-01.1.log",
      "svc-db-2020-01-01.log",
      "other-2020-01-01.log", "svc-2020_01_01.log", "svc-20200101.log", "2020-01-01.log", "svc-.log",
    ]
    let kept = ["svc-2026-11-22.log", "svc-2026-11-23.log", "svc-2026-11-24.log"]
    let old = [
      "svc-2026-11-21.log", "svc-2019-12-31.log", "svc-2026-11-20.log.gz", "svc-2026-11-20.0001.log",
      "svc-2026-11-20.0002.log.gz", "svc-2026-11-20.0003.log.gz.part",
    ]
    for name in others + kept + old {
      _ = try stage.directory.write("x\n", to: name)
    }
    _ = try stage.directory.write("y\n", to: "svc.log")
    try stage.date("svc.log", days: 0)
    try FileManager.default.removeItem(atPath: stage.directory.file("svc-2026-11-24.log"))
    try stage.write("z", days: 1)
    try stage.idle()
    #expect(try stage.files == (others + kept + ["svc.log"]).sorted())
  }

  @Test("a clock that is set back over midnight costs no line")
  func clockSetBack() throws {
    let stage = try Stage()
    try stage.write("one", days: 0)
    try stage.write("two", days: 1)
    try stage.write("three", days: 0)
    try stage.write("four", days: 1)
    try stage.write("five", days: 2)
    let all = try stage.files.map { try stage.text($0) }.joined()
    #expect(all.split(separator: "\n").sorted() == ["five", "four", "one", "three", "two"])
    #expect(try stage.text("svc.log") == "five\n")
    // The day that came twice has two files, since one is never written over.
    #expect(try stage.files == ["svc-2026-11-24.0001.log", "svc-2026-11-24.log", "svc-2026-11-25.log", "svc.log"])
  }

  @Test("a directory that cannot be written to is an error that names the file, until it can")
  func noDirectory() throws {
    let parent = try TemporaryDirectory("log")
    let path = parent.file("later")
    let sink = RotatingFileSink(directory: path, name: "svc")
    let error = try #require(throws: LogSinkError.self) { try sink.write([.line("lost")]) }
    #expect(error.description.contains("\(path)/svc.log"))
    #expect(error.description.contains("No such file or directory"))
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try sink.write([.line("kept")])
    #expect(try String(contentsOfFile: "\(path)/svc.log", encoding: .utf8) == "kept\n")
  }

  @Test("a file of others is not readable for all")
  func mode() throws {
    let stage = try Stage()
    try stage.write("one", days: 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: stage.directory.file("svc.log"))
    let mode = try #require(attributes[.posixPermissions] as? Int)
    #expect(mode & 0o007 == 0)
  }

  @Test("a full disk is an error that says so")
  func full() throws {
    let directory = try TemporaryDirectory("log")
    try FileManager.default.createSymbolicLink(
      atPath: directory.file("svc.log"), withDestinationPath: "/dev/full")
    let sink = RotatingFileSink(
      directory: directory.path, name: "svc", keptDays: 1, maximumFileBytes: 1 << 30, compresses: true
    ) {
      Timestamp(seconds: 0, nanoseconds: 0)
    }
    let error = try #require(throws: LogSinkError.self) { try sink.write([.line("lost")]) }
    #expect(error.description.contains("No space left on device"))
  }

  /// A limit on the file's size ends a write amid a line as a full disk does, and needs no mount.
  @Test("lines that did not fit leave no torn line behind, and later ones are whole")
  func tornLine() async {
    await #expect(processExitsWith: .exitCode(7)) {
      signal(SIGXFSZ, SIG_IGN)
      let directory = try TemporaryDirectory("log")
      let sink = RotatingFileSink(directory: directory.path, name: "svc")
      func lines(_ letter: String, _ count: Int) -> [LogRecord] {
        Array(repeating: .line(String(repeating: letter, count: 99)), count: count)
      }
      try sink.write(lines("a", 50))
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), [rlimit(rlim_cur: 8_050, rlim_max: rlim_t.max)])
      var refused = false
      do { try sink.write(lines("b", 100)) } catch { refused = true }
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), [rlimit(rlim_cur: rlim_t.max, rlim_max: rlim_t.max)])
      try sink.write(lines("c", 10))
      let text = try String(contentsOfFile: directory.file("svc.log"), encoding: .utf8)
      let expected = (lines("a", 50) + lines("c", 10)).map { $0.message + "\n" }.joined()
      exit(refused && text == expected ? 7 : 1)
    }
  }
}
