import ExporterKit
import Synchronization
import Telemetry
import TelemetryHTTP
import Topology

/// What an exporter answers at which path.
struct ExporterPages: Sendable {
  private static let timeoutHeader = "X-Prometheus-Scrape-Timeout-Seconds"

  private let sources: ExporterSources
  private let application: any ExporterApplication
  private let registry: Registry
  /// Has nothing of the process, which hears of the problems all the same.
  private let pagesOfTargets = Registry()
  private let web: WebOptions
  private let places: ScrapePlaces

  init(_ sources: ExporterSources, _ application: any ExporterApplication, registry: Registry, _ web: WebOptions) {
    self.sources = sources
    self.application = application
    self.registry = registry
    self.web = web
    places = ScrapePlaces(web.maximumRequests)
    pagesOfTargets.setProblemHandler { problem, _ in registry.report(problem) }
  }

  var all: [Page] {
    var pages = [metrics, .healthy, .ready]
    let probePath = sources.probe == nil ? nil : application.probePaths.first
    if let probe = sources.probe { pages += application.probePaths.map { self.probe(probe, at: $0) } }
    let landing = Page.landing(
      name: application.process.name, version: Release.version, description: "Prometheus exporter.", linking: pages,
      probe: probePath)
    return pages + [landing]
  }

  private var metrics: Page {
    let source = sources.main
    let process = web.hasExporterMetrics ? registry : pagesOfTargets
    let pagesOfTargets = pagesOfTargets
    return page(web.telemetryPath, title: "Metrics") { request in
      // A selection of collectors is of one job among several: the process has one of its own.
      await Self.answer(request, source) { $0.collectors == nil ? process : pagesOfTargets }
    }
  }

  /// A target's families alone: those of the process are on its own page.
  private func probe(_ probe: any ProbeSource, at path: String) -> Page {
    page(path) { request in
      let items = request.queryItems
      do throws(ProbeRefusal) {
        return await Self.answer(request, try await probe.source(for: items)) { _ in pagesOfTargets }
      } catch {
        return .text(error.status, error.reason)
      }
    }
  }

  private func page(
    _ path: String, title: String? = nil, _ answer: @escaping @Sendable (PageRequest) async -> PageResponse
  ) -> Page {
    let places = places
    return Page(path, title: title) { request in
      guard places.take() else {
        let limit = places.limit
        return .text(
          503, "Limit of concurrent requests reached (\(limit)), try again later.", fields: ["Retry-After": "1"])
      }
      defer { places.giveBack() }
      return await answer(request)
    }
  }

  private static func answer(
    _ request: PageRequest, _ source: (any ScrapeSource)?,
    _ registry: (ScrapeRequest) -> Registry
  ) async -> PageResponse {
    let format = ExpositionFormat.negotiate(accept: request.header("Accept"))
    let budget = ScrapeBudget(header: request.header(timeoutHeader))
    do {
      let scrape = try ScrapeRequest(budget, query: request.queryItems, enabled: source?.collectorNames ?? [])
      var chunks = PageChunks { nil }
      if !request.isHead {
        let batch = try await source?.scrape(scrape) ?? SampleBatch()
        let page = registry(scrape).page(format, adding: batch, only: scrape.families)
        chunks = PageChunks { page.next() }
      }
      return PageResponse(contentType: format.contentType, body: .chunks(chunks), varies: "Accept")
    } catch let mistake as ScrapeMistake {
      return .text(400, "Bad Request: \(mistake.description)")
    } catch {
      return .text(
        503, "Service Unavailable: too many scrapes of different collectors wait for the target.",
        fields: ["Retry-After": "1"])
    }
  }
}

/// How many scrapes are answered at once, as promhttp counts them (`--web.max-requests`).
final class ScrapePlaces: Sendable {
  /// 0: without a limit.
  let limit: Int
  private let taken = Atomic(0)

  init(_ limit: Int) { self.limit = limit }

  /// False where there is none; who takes one gives it back.
  func take() -> Bool {
    guard limit > 0 else { return true }
    if taken.add(1, ordering: .relaxed).newValue <= limit { return true }
    taken.subtract(1, ordering: .relaxed)
    return false
  }

  func giveBack() {
    if limit > 0 { taken.subtract(1, ordering: .relaxed) }
  }
}
