import Catalog
import ExporterKit
import Logging
import Redis
import Synchronization

/// Targets that `/scrape?target=` names, among those that the configuration allows. Their connections are kept, up to a
/// number. A password is sent to an address alone that the password file names, or the configuration's own address.
actor RedisProbes: ProbeSource {
  /// Beyond it, the target that was asked for longest ago is forgotten.
  static let maximumTargets = 128

  private struct Kept {
    let source: Scraper<RedisTarget>
    var lastUse: Int
  }

  private struct Place: Hashable {
    let address: String
    let user: String?
    let keys: KeyOptions
  }

  private let settings: ProbeSettings
  private let errors: RequestErrors
  private let logger: Logger
  private var kept: [Place: Kept] = [:]
  private var uses = 0

  init(_ settings: ProbeSettings, errors: RequestErrors, logger: Logger) {
    self.settings = settings
    self.errors = errors
    self.logger = logger
  }

  func source(for items: [(name: String, value: String)]) async throws(ProbeRefusal) -> any ScrapeSource {
    do throws(ProbeRefusal) {
      return try await find(items)
    } catch {
      errors.add()
      throw error
    }
  }

  private func find(_ items: [(name: String, value: String)]) async throws(ProbeRefusal) -> any ScrapeSource {
    func item(_ name: String) -> String? { items.first { $0.name == name && !$0.value.isEmpty }?.value }
    guard let target = item("target") else { throw ProbeRefusal(status: 400, "'target' parameter must be specified") }
    let configuration = try settings.configuration(of: target)
    let keys = try settings.keys(item)
    let place = Place(address: configuration.address, user: configuration.user, keys: keys)
    uses += 1
    if let known = kept[place]?.source {
      kept[place]?.lastUse = uses
      return known
    }
    var options = settings.options
    options.keys = keys
    let source = settings.source(configuration, options, logger)
    let oldest = kept.count < Self.maximumTargets ? nil : kept.min { $0.value.lastUse < $1.value.lastUse }
    if let oldest { kept[oldest.key] = nil }
    kept[place] = Kept(source: source, lastUse: uses)
    await oldest?.value.source.close()
    return source
  }

  func close() async {
    for target in kept.values { await target.source.close() }
    kept = [:]
  }
}

/// Requests that were refused. Safe from any thread.
final class RequestErrors: Sendable {
  private let number = Atomic(0)
  func add() { number.wrappingAdd(1, ordering: .relaxed) }
  var count: Int { number.load(ordering: .relaxed) }
}
