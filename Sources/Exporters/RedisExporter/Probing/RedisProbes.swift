import Catalog
import ExporterKit
import Logging
import Redis
import Synchronization

/// Targets that `/scrape?target=` names, among those that the configuration allows. Their connections are kept, up to a
/// number, and closed when nobody has asked for a while. A password is sent to an address alone that the password file
/// names, or the configuration's own address.
struct RedisProbes: ProbeSource {
  /// Beyond it, the target that was asked for longest ago is forgotten.
  static let maximumTargets = 128

  struct Place: Hashable {
    let address: String
    let user: String?
    let keys: KeyOptions
  }

  private let settings: ProbeSettings
  private let errors: RequestErrors
  private let logger: Logger
  private let kept: KeptTargets<Place>

  init(
    _ settings: ProbeSettings, errors: RequestErrors,
    maximumIdle: Duration = KeptTargets<Place>.defaultMaximumIdle, logger: Logger
  ) {
    self.settings = settings
    self.errors = errors
    self.logger = logger
    kept = KeptTargets(maximumTargets: Self.maximumTargets, maximumIdle: maximumIdle)
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
    var options = settings.options
    options.keys = try settings.keys(item)
    let place = Place(address: configuration.address, user: configuration.user, keys: options.keys)
    return await kept.source(for: place) { [options] in settings.source(configuration, options, logger) }
  }

  func close() async { await kept.close() }
}

/// Requests that were refused. Safe from any thread.
final class RequestErrors: Sendable {
  private let number = Atomic(0)
  func add() { number.wrappingAdd(1, ordering: .relaxed) }
  var count: Int { number.load(ordering: .relaxed) }
}
