import Catalog
import ExporterKit
import Glibc
import Logging
import MetricModel
import Synchronization
import Telemetry
import Testing

@testable import NodeExporter

@Suite("Sweep over the collectors", .timeLimit(.minutes(3)))
struct SweepTests {
  /// Reads one file into `node_load1`, and knows how many readings of it are under way.
  struct FileCollector: NodeCollector {
    final class Watch: Sendable {
      let begun = Atomic(0)
      let running = Atomic(0)
    }

    let name: String
    let help = ""
    var path = ""
    var limit = Duration.seconds(5)
    let watch = Watch()

    init(_ flags: FlagValues) throws { name = "none" }

    init(_ name: String, _ path: String, limit: Duration = .seconds(5)) {
      self.name = name
      self.path = path
      self.limit = limit
    }

    func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
      watch.begun.add(1, ordering: .relaxed)
      watch.running.add(1, ordering: .relaxed)
      defer { watch.running.subtract(1, ordering: .relaxed) }
      try host.withBytes(of: path) { batch.add(Host.Arp.entries, Host.Device(name), $0.trimmed.double ?? -1) }
    }
  }

  /// Much less than what a reading that hangs would take, and enough for a machine that is busy with other tests.
  private static let patienceSeconds = 30.0

  private let tree: ProcfsTree
  private let good: String
  private let fifo: String

  init() throws {
    tree = try ProcfsTree(["proc/good": "1\n"])
    good = tree.host.proc("good")
    fifo = tree.host.proc("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
  }

  private func scraper(_ collectors: [FileCollector]) -> Scraper<NodeTarget> {
    Scraper(
      NodeTarget(tree.host), collectors: collectors, name: { $0.name },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func scrape(_ scraper: Scraper<NodeTarget>, header: String = "60") async throws -> (
    page: [String: Double], seconds: Double
  ) {
    let start = ContinuousClock.now
    let batch = try await scraper.scrape(ScrapeRequest(ScrapeBudget(header: header)))
    return (ProcfsTree.series(batch), (ContinuousClock.now - start) / .seconds(1))
  }

  private static func success(_ page: [String: Double], _ name: String) -> Double? {
    page[#"node_scrape_collector_success{collector="\#(name)"}"#]
  }

  private static func value(_ page: [String: Double], _ name: String) -> Double? {
    page[#"node_arp_entries{device="\#(name)"}"#]
  }

  /// Whoever waits to open the pipe goes on, and reads this.
  private func feed(_ text: String) throws {
    let writer = open(fifo, O_WRONLY | O_NONBLOCK)
    try #require(writer >= 0, "nobody reads the pipe: errno \(errno)")
    #expect(write(writer, text, text.utf8.count) == text.utf8.count)
    close(writer)
  }

  /// Opens the pipe for whoever still waits, until nobody does.
  private func waitForEnd(_ collector: FileCollector) async throws {
    for _ in 0..<1000 where collector.watch.running.load(ordering: .relaxed) > 0 {
      close(open(fifo, O_WRONLY | O_NONBLOCK))
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(collector.watch.running.load(ordering: .relaxed) == 0)
  }

  @Test("a reading that hangs is given up at its limit; the others are served; it comes back by itself")
  func hangs() async throws {
    let stuck = FileCollector("stuck", fifo, limit: .milliseconds(200))
    let others = (0..<5).map { FileCollector("good\($0)", good) }
    let scraper = scraper([stuck] + others)

    let first = try await scrape(scraper)
    #expect(first.seconds > 0.19 && first.seconds < Self.patienceSeconds)
    #expect(Self.success(first.page, "stuck") == 0)
    #expect(Self.value(first.page, "stuck") == nil)
    #expect(first.page[#"node_scrape_collector_timeouts_total{collector="stuck"}"#] == 1)
    for other in others { #expect(Self.value(first.page, other.name) == 1) }

    for scrapes in 2...20 {
      let next = try await scrape(scraper)
      #expect(next.seconds < Self.patienceSeconds, "it is not waited for again")
      #expect(Self.success(next.page, "stuck") == 0)
      #expect(Self.success(next.page, "good4") == 1)
      #expect(next.page[#"node_scrape_collector_timeouts_total{collector="stuck"}"#] == Double(scrapes))
    }
    #expect(stuck.watch.begun.load(ordering: .relaxed) == 1, "no second reading is begun")

    try feed("7\n")
    try await waitForEnd(stuck)
    unlink(fifo)
    try tree.write("8\n", to: "proc/fifo")
    let last = try await scrape(scraper)
    #expect(Self.value(last.page, "stuck") == 8, "what the given up reading brought is not served")
    #expect(Self.success(last.page, "stuck") == 1)
    #expect(stuck.watch.begun.load(ordering: .relaxed) == 2)
  }

  @Test("where every thread hangs, others take their place")
  func allHang() async throws {
    let stuck = (0..<4).map { FileCollector("stuck\($0)", fifo, limit: .milliseconds(100)) }
    let last = FileCollector("last", good)
    let result = try await scrape(scraper(stuck + [last]))
    #expect(result.seconds < Self.patienceSeconds)
    #expect(Self.value(result.page, "last") == 1)
    #expect(stuck.allSatisfy { Self.success(result.page, $0.name) == 0 })
    for collector in stuck { try await waitForEnd(collector) }
  }

  @Test("at the scrape's own limit what has not ended has failed, begun or not")
  func deadline() async throws {
    let stuck = (0..<2).map { FileCollector("stuck\($0)", fifo, limit: .seconds(30)) }
    let never = FileCollector("never", good)
    let result = try await scrape(scraper(stuck + [never]), header: "1")
    #expect(result.seconds < Self.patienceSeconds)
    #expect(Self.success(result.page, "never") == 0)
    #expect(never.watch.begun.load(ordering: .relaxed) == 0)
    for collector in stuck { try await waitForEnd(collector) }
  }

  @Test("an unreadable file fails its collector alone")
  func refused() async throws {
    let result = try await scrape(scraper([FileCollector("bad", tree.host.procfs), FileCollector("good", good)]))
    #expect(Self.success(result.page, "bad") == 0)
    #expect(Self.success(result.page, "good") == 1)
  }

  @Test("without collectors the page is there at once")
  func none() async throws {
    #expect(try await scrape(scraper([])).seconds < Self.patienceSeconds)
  }

  @Test("who waits, who runs, who is late")
  func state() {
    var state = SweepState(count: 3)
    let now = ContinuousClock.now
    #expect(state.isAnyWaiting && !state.isAnyRunning && !state.isOver)
    let taken = [1, 3, 4, 5].map { seconds in state.take { _ in now + .seconds(seconds) } }
    #expect(taken == [0, 1, 2, nil])
    #expect(state.nextLimit == now + .seconds(1))
    #expect(state.late(at: now) == [])
    #expect(state.late(at: now + .seconds(3)) == [0, 1])
    #expect(state.isAnyRunning && !state.isAnyWaiting)
    let ended = [0, 0, 1, 2].map { state.end($0) }
    #expect(ended == [true, false, true, true], "each ends once")
    #expect(!state.isAnyRunning)
    for _ in 0..<3 {
      #expect(!state.isOver)
      _ = state.told()
    }
    #expect(state.isOver)
  }
}
