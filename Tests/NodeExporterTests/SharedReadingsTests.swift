import ExporterKit
import Glibc
import Logging
import Synchronization
import Telemetry
import Testing

@testable import NodeExporter

@Suite("Files that are read once a sweep", .timeLimit(.minutes(2)))
struct SharedReadingsTests {
  private static let stat = """
    cpu  1 2 3 4 5 6 7 8 9 10
    cpu0 100 2 3 4 5 6 7 8 9 10
    intr 17 17
    ctxt 18
    btime 1418183276
    processes 19
    procs_running 2
    procs_blocked 1

    """

  private func text(_ host: NodeHost, _ path: String) throws -> String {
    try host.withSharedBytes(of: path) { $0.trimmed.string }
  }

  @Test("one sweep reads the file once, the next one anew, and outside of a sweep nothing is shared")
  func once() throws {
    let tree = try ProcfsTree(["proc/file": "1\n"])
    let path = tree.host.proc("file")
    let (first, second) = (tree.host.forOneSweep(), tree.host.forOneSweep())
    #expect(try text(first, path) == "1")
    #expect(tree.host.usage.queries == 1)
    try tree.write("2\n", to: "proc/file")
    #expect(try text(first, path) == "1")
    #expect(tree.host.usage.queries == 1, "the file was not opened again")
    #expect(try text(second, path) == "2")
    #expect(try text(tree.host, path) == "2")
    try tree.write("3\n", to: "proc/file")
    #expect(try text(tree.host, path) == "3")
  }

  @Test("cpu and stat, filesystem and btrfs share theirs", arguments: [true, false])
  func collectors(isOneSweep: Bool) throws {
    let tree = try ProcfsTree([
      "proc/stat": Self.stat, "proc/1/mountinfo": "20 1 8:1 / /data rw - btrfs /dev/sda1 rw\n",
    ])
    let host = isOneSweep ? tree.host.forOneSweep() : tree.host
    var batch = SampleBatch()
    try CpuCollector(.none).read(host, into: &batch)
    let behindCpu = host.usage.queries
    try StatCollector(.none).read(host, into: &batch)
    #expect(host.usage.queries - behindCpu == (isOneSweep ? 0 : 1))
    let page = ProcfsTree.series(batch)
    #expect(page[#"node_cpu_seconds_total{cpu="0",mode="user"}"#] == 1)
    #expect(page["node_context_switches_total"] == 18)

    try FilesystemCollector(.none).read(host, into: &batch)
    let behindFilesystem = host.usage.queries
    #expect(BtrfsDevices.mountPoints(host) == ["/data"])
    #expect(host.usage.queries - behindFilesystem == (isOneSweep ? 0 : 1))
  }

  @Test("what fails is not kept, nor what would be too much")
  func unkept() throws {
    let tree = try ProcfsTree([
      "proc/large": String(repeating: "x", count: SharedReadings.maximumBytes + 1),
      "proc/half": String(repeating: "y", count: SharedReadings.maximumBytes / 2 + 1),
      "proc/other": String(repeating: "z", count: SharedReadings.maximumBytes / 2 + 1),
    ])
    let host = tree.host.forOneSweep()
    for name in ["large", "half", "other", "gone"] { _ = try? text(host, host.proc(name)) }
    #expect(host.shared?.text(of: host.proc("large")) == nil)
    #expect(host.shared?.text(of: host.proc("half")) != nil)
    #expect(host.shared?.text(of: host.proc("other")) == nil)
    #expect(try text(host, host.proc("other")).utf8.first == UInt8(ascii: "z"))
    #expect(throws: HostError(path: host.proc("gone"), code: ENOENT)) { try text(host, host.proc("gone")) }
    try tree.write("4\n", to: "proc/gone")
    #expect(try text(host, host.proc("gone")) == "4")
  }

  /// Reads one file by way of the sweep, and counts what it got.
  private struct Reader: NodeCollector {
    let name: String
    let help = ""
    let path: String
    let limit: Duration
    let texts = Texts()
    /// Who is to have read before.
    var leader: Texts?

    final class Texts: Sendable { let all = Mutex<[String]>([]) }

    init(_ flags: FlagValues) throws { self.init("none", "", .zero) }

    init(_ name: String, _ path: String, _ limit: Duration) {
      self.name = name
      self.path = path
      self.limit = limit
    }

    func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
      if let leader {
        for _ in 0..<2000 where leader.all.withLock({ $0.isEmpty }) { poll(nil, 0, 5) }
      }
      let text = try host.withSharedBytes(of: path) { $0.trimmed.string }
      texts.all.withLock { $0.append(text) }
    }
  }

  private func scrape(_ scraper: Scraper<NodeTarget>) async throws -> [String: Double] {
    ProcfsTree.series(try await scraper.scrape(ScrapeRequest(ScrapeBudget(header: "60"))))
  }

  private func scraper(_ host: NodeHost, _ collectors: [Reader]) -> Scraper<NodeTarget> {
    Scraper(
      NodeTarget(host), collectors: collectors, name: { $0.name },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  @Test("collectors of one scrape share")
  func scrape() async throws {
    let tree = try ProcfsTree(["proc/file": "6\n"])
    let first = Reader("first", tree.host.proc("file"), .seconds(20))
    var second = Reader("second", tree.host.proc("file"), .seconds(20))
    second.leader = first.texts
    _ = try await scrape(scraper(tree.host, [first, second]))
    #expect(second.texts.all.withLock { $0 } == ["6"])
    #expect(tree.host.usage.queries == 1)
  }

  @Test("each scrape reads the file anew")
  func scrapes() async throws {
    let tree = try ProcfsTree([:])
    let reader = Reader("one", tree.host.proc("file"), .seconds(20))
    let scraper = scraper(tree.host, [reader])
    for number in 0..<5 {
      try tree.write("\(number)\n", to: "proc/file")
      _ = try await scrape(scraper)
    }
    #expect(reader.texts.all.withLock { $0 } == ["0", "1", "2", "3", "4"])
  }

  @Test("a reading that hangs keeps nobody who wants the same file")
  func hangs() async throws {
    let tree = try ProcfsTree([:])
    let pipe = tree.host.proc("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let host = tree.host.forOneSweep()
    let ended = Atomic(0)
    #expect(
      DetachedThread.start {
        _ = try? host.withSharedBytes(of: pipe) { $0.count }
        ended.add(1, ordering: .relaxed)
      })
    // It hangs as soon as somebody could write.
    var writer: Int32 = -1
    for _ in 0..<2000 where writer < 0 {
      writer = open(pipe, O_WRONLY | O_NONBLOCK)
      if writer < 0 { try await Task.sleep(for: .milliseconds(5)) }
    }
    try #require(writer >= 0)
    unlink(pipe)
    try tree.write("5\n", to: "proc/pipe")
    #expect(try text(host, pipe) == "5", "the other one still waits for the pipe's end")
    #expect(ended.load(ordering: .relaxed) == 0)
    close(writer)
    for _ in 0..<2000 where ended.load(ordering: .relaxed) == 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(try text(host, pipe) == "5", "the first one to have read it counts")
  }
}
