import ExporterKit
import Telemetry
import TelemetryHTTP
import Topology

/// What an exporter answers at which path.
struct ExporterPages: Sendable {
  private static let timeoutHeader = "X-Prometheus-Scrape-Timeout-Seconds"

  private let sources: ExporterSources
  private let registry: Registry
  private let telemetryPath: String

  init(_ sources: ExporterSources, registry: Registry, telemetryPath: String?) {
    self.sources = sources
    self.registry = registry
    self.telemetryPath = telemetryPath ?? "/metrics"
  }

  func all(name: String) -> [Page] {
    var pages = [metrics, .healthy, .ready]
    if let probe = sources.probe { pages.append(Self.probe(probe)) }
    return pages + [.landing(name: name, version: Release.version, linking: pages)]
  }

  private var metrics: Page {
    let (source, registry) = (sources.main, registry)
    return Page(telemetryPath, title: "Metrics") { request in
      await Self.answer(request, source) { registry.page($0, adding: $1) }
    }
  }

  /// A target's families alone: those of the process are on its own page.
  private static func probe(_ probe: any ProbeSource) -> Page {
    Page("/probe") { request in
      let items = request.queryItems
      do throws(ProbeRefusal) {
        return await answer(request, try await probe.source(for: items)) { Registry().page($0, adding: $1) }
      } catch {
        return .text(error.status, error.reason)
      }
    }
  }

  private static func answer(
    _ request: PageRequest, _ source: (any ScrapeSource)?,
    _ makePage: (ExpositionFormat, SampleBatch) -> ExpositionPage
  ) async -> PageResponse {
    let format = ExpositionFormat.negotiate(accept: request.header("Accept"))
    let budget = ScrapeBudget(header: request.header(timeoutHeader))
    do {
      let scrape = try ScrapeRequest(budget, query: request.queryItems, enabled: source?.collectorNames ?? [])
      var chunks = PageChunks { nil }
      if !request.isHead {
        let page = makePage(format, try await source?.scrape(scrape) ?? SampleBatch())
        chunks = PageChunks { page.next() }
      }
      return PageResponse(contentType: format.contentType, body: .chunks(chunks), varies: "Accept")
    } catch let mistake as ScrapeMistake {
      return .text(400, "Bad Request: \(mistake.description)")
    } catch {
      return .text(503, "Service Unavailable: too many scrapes of different collectors wait for the target.")
    }
  }
}
