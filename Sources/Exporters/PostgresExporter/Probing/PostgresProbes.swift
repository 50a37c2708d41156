import ExporterKit
import Logging

/// Servers that `/probe?target=` names, among those that the configuration allows. Their sessions are kept, up to a
/// number, and closed when nobody has asked for a while. A password is never sent to an address that a stranger chose.
struct PostgresProbes: ProbeSource {
  /// Beyond it, the one that was asked for longest ago is closed.
  static let maximumTargets = 64

  struct Place: Hashable {
    let module: String
    let address: ProbeAddress
  }

  private let modules: [AuthModule]
  private let make: @Sendable (DataSource) -> Scraper<PostgresTarget>
  private let kept: KeptTargets<Place>

  init(
    _ modules: [AuthModule], maximumTargets: Int = maximumTargets,
    maximumIdle: Duration = KeptTargets<Place>.defaultMaximumIdle,
    make: @escaping @Sendable (DataSource) -> Scraper<PostgresTarget>
  ) {
    self.modules = modules
    kept = KeptTargets(maximumTargets: maximumTargets, maximumIdle: maximumIdle)
    self.make = make
  }

  func source(for items: [(name: String, value: String)]) async throws(ProbeRefusal) -> any ScrapeSource {
    func item(_ name: String) -> String? { items.first { $0.name == name && !$0.value.isEmpty }?.value }
    guard let target = item("target") else { throw ProbeRefusal(status: 400, "target is required") }
    guard let address = ProbeAddress(target) else {
      // It is not repeated: it may hold a password.
      throw ProbeRefusal(status: 400, "target must be host, host:port or host:port/database")
    }
    let wanted = item("auth_module")
    let module = modules.first { ($0.name == wanted || wanted == nil) && $0.allows(address) }
    // One answer for all reasons, which tells nothing of the configuration.
    guard let module else { throw ProbeRefusal(status: 403, "the configuration does not allow this target") }
    return await kept.source(for: Place(module: module.name, address: address)) {
      make(
        DataSource(address: "\(module.name)@\(address)", module.place(of: address)) { deadline in
          try await module.configuration(of: address, until: deadline)
        })
    }
  }

  /// How many are kept.
  var count: Int { get async { await kept.count } }

  func close() async { await kept.close() }
}
