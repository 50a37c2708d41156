import ExporterKit
import Logging
import MetricModel
import Settings
import Synchronization
import Telemetry
import TelemetryHTTP
import Testing
import Topology

@testable import ExporterServer

/// The pages without a socket, over sources whose answers a test chooses.
@Suite("Pages of an exporter")
struct ExporterPagesTests {
  private struct Source: ScrapeSource {
    var collectorNames = ["a", "b"]
    var name = "fake_value"
    var error: ScrapeBusy?
    var pause = Duration.zero
    let requests = Requests()

    func scrape(_ request: ScrapeRequest) async throws(ScrapeBusy) -> SampleBatch {
      requests.list.withLock { $0.append(request) }
      try? await Task.sleep(for: pause)
      if let error { throw error }
      var batch = SampleBatch()
      batch.add(FamilyDescriptor(name: name, help: "Fake.", kind: .gauge), labelValues: [], 1)
      return batch
    }

    func close() async {}
  }

  private final class Requests: Sendable { let list = Mutex<[ScrapeRequest]>([]) }

  /// One target is known.
  private struct Probes: ProbeSource {
    func source(for items: [(name: String, value: String)]) async throws(ProbeRefusal) -> any ScrapeSource {
      guard let target = items.first(where: { $0.name == "target" })?.value else {
        throw ProbeRefusal(status: 400, "no target")
      }
      guard target == "known:1" else { throw ProbeRefusal(status: 403, "this target is not configured") }
      return Source(name: "probed_value")
    }

    func close() async {}
  }

  private struct Application: ExporterApplication {
    let process = Platform.redisExporter
    let summary = "prueba."
    let flags: [Flag] = []
    let collectors: [any ExporterCollector] = []
    let probePaths = ["/scrape", "/probe"]
    func makeSources(_ options: ExporterOptions, logger: Logger) throws -> ExporterSources {
      ExporterSources(main: nil)
    }
  }

  private func ask(
    _ target: String, _ sources: ExporterSources, _ web: WebOptions = WebOptions(), headers: [(String, String)] = []
  ) async throws -> (status: Int, text: String, type: String) {
    let registry = Registry()
    registry.gauge(Family<Gauge, NoLabels>("own_value", "The process' own.")).set(7)
    let pages = ExporterPages(sources, Application(), registry: registry, web).all
    let path = String(target.prefix { $0 != "?" })
    let page = try #require(pages.first { $0.path == path }, "no page at \(path)")
    let request = PageRequest(
      path: path, query: String(target.dropFirst(path.count + 1)), fields: headers.map { (name: $0, value: $1) })
    let response = try await page.respond(to: request)
    guard case .bytes(let bytes) = response.body else { return (response.status, "chunks", response.contentType) }
    return (response.status, String(decoding: bytes, as: UTF8.self), response.contentType)
  }

  @Test("the metrics page has the target's families and the process' own, unless these are not wanted")
  func metrics() async throws {
    let sources = ExporterSources(main: Source())
    let whole = try await ask("/metrics", sources)
    #expect(whole.text.contains("fake_value 1\n"))
    #expect(whole.text.contains("own_value 7\n"))
    let bare = try await ask("/metrics", sources, WebOptions(hasExporterMetrics: false))
    #expect(bare.text.contains("fake_value 1\n"))
    #expect(!bare.text.contains("own_value"))
    #expect(try await ask("/m", sources, WebOptions(telemetryPath: "/m")).text.contains("fake_value 1\n"))
    #expect(try await ask("/metrics", ExporterSources(main: nil)).text.contains("own_value 7\n"))
  }

  @Test("what the request says reaches the scrape")
  func requests() async throws {
    let source = Source()
    _ = try await ask(
      "/metrics?collect%5B%5D=a&name[]=x", ExporterSources(main: source),
      headers: [("x-prometheus-scrape-timeout-seconds", "4")])
    #expect(
      source.requests.list.withLock { $0 } == [
        ScrapeRequest(ScrapeBudget(header: "4"), collectors: ["a"], families: ["x"])
      ])
    #expect(try await ask("/metrics?collect[]=z", ExporterSources(main: source)).status == 400)
    #expect(try await ask("/metrics", ExporterSources(main: Source(error: ScrapeBusy()))).status == 503)
  }

  @Test("a probe gives its target's families alone, in the format that is asked for")
  func probes() async throws {
    let sources = ExporterSources(main: Source(), probe: Probes())
    for path in ["/probe", "/scrape"] {
      let answer = try await ask("\(path)?target=known%3A1", sources)
      #expect(answer.status == 200)
      #expect(answer.text.contains("probed_value 1\n"))
      #expect(!answer.text.contains("own_value"))
      #expect(!answer.text.contains("fake_value"))
      #expect(answer.type == "text/plain; version=0.0.4; charset=utf-8")
    }
    let open = try await ask(
      "/probe?target=known:1", sources, headers: [("Accept", "application/openmetrics-text; version=1.0.0")])
    #expect(open.type == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    #expect(open.text.hasSuffix("# EOF\n"))
  }

  @Test("a probe that is refused says why and no more, in one line of text")
  func refusals() async throws {
    let sources = ExporterSources(main: Source(), probe: Probes())
    let missing = try await ask("/probe", sources)
    #expect(missing.status == 400)
    #expect(missing.text == "no target\n")
    #expect(missing.type == "text/plain; charset=utf-8")
    #expect(try await ask("/probe?target=stranger:1", sources).status == 403)
    #expect(try await ask("/probe?target=known:1&collect[]=z", sources).status == 400)
  }

  @Test("the landing page has name, version, links, and a form where there are probes")
  func landing() async throws {
    let plain = try await ask("/", ExporterSources(main: Source()), WebOptions(telemetryPath: "/m&m")).text
    #expect(plain.contains("<h1>redis-exporter</h1>"))
    #expect(plain.contains("Version: \(Release.version)"))
    #expect(plain.contains("<a href=\"/m&amp;m\">Metrics</a>"))
    #expect(!plain.contains("<form"))
    let probing = try await ask("/", ExporterSources(main: Source(), probe: Probes())).text
    #expect(probing.contains("<form action=\"/scrape\">"))
    #expect(probing.contains("name=\"target\""))
  }

  @Test("past the limit of scrapes at once the answer is 503, at once; other pages are no scrapes")
  func limit() async throws {
    let sources = ExporterSources(main: Source(pause: .milliseconds(300)))
    let pages = ExporterPages(sources, Application(), registry: Registry(), WebOptions(maximumRequests: 2)).all
    let metrics = try #require(pages.first { $0.path == "/metrics" })
    func status() async throws -> Int { try await metrics.respond(to: PageRequest(path: "/metrics")).status }
    let found = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<5 { group.addTask { try await status() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(found.sorted() == [200, 200, 503, 503, 503])
    #expect(try await status() == 200)
    let healthy = try #require(pages.first { $0.path == "/-/healthy" })
    #expect(try await healthy.respond(to: PageRequest(path: "/-/healthy")).status == 200)
  }

  @Test("a limit of 0 is none")
  func noLimit() {
    let places = ScrapePlaces(0)
    for _ in 0..<100 { #expect(places.take()) }
    let two = ScrapePlaces(2)
    #expect([two.take(), two.take(), two.take()] == [true, true, false])
    two.giveBack()
    #expect(two.take())
  }
}
