import Catalog
import ExporterKit
import Logging
import MetricModel
import Postgres
import Telemetry

/// The servers that the settings name; one, as a rule.
struct PostgresTarget: ExporterTarget {
  let up: Family<Gauge, NoLabels>? = PG.up
  let selfFamilies = ExporterSelf.postgres
  let usage = TargetUsage()
  private let servers: [MonitoredServer]

  init(_ sources: [DataSource], databases: ScrapedDatabases, logger: Logger) {
    servers = sources.map { MonitoredServer($0, databases, logger: logger) }
  }

  var address: String { servers.map(\.address).joined(separator: ", ") }

  func collect(
    _ collectors: [any PostgresCollector], until deadline: ContinuousClock.Instant,
    reporting progress: ScrapeProgress
  ) async {
    let tally = ScrapeTally(progress)
    let isOnly = servers.count == 1
    await withTaskExecutorPreference(PostgresExecutor.shared()) {
      await withTaskGroup(of: Void.self) { group in
        for (index, server) in servers.enumerated() {
          let own = index == 0 ? collectors : collectors.filter(\.namesServer)
          group.addTask { await server.scrape(own, until: deadline, tally, usage, isOnly: isOnly) }
        }
      }
    }
    tally.end()
  }

  func close() async { for server in servers { await server.close() } }

  func failure(of error: any Error) -> CollectorFailure {
    let isTimeout = (error as? PostgresError)?.kind == .timedOut
    return CollectorFailure(category: Self.category(of: error), isTimeout: isTimeout)
  }

  static func category(of error: any Error) -> String {
    guard let error = error as? PostgresError else { return "\(type(of: error))" }
    return [error.kind.rawValue, error.sqlState?.code].compactMap { $0 }.joined(separator: " ")
  }
}
