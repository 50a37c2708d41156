import ExporterKit
import Logging

/// Servers that `/probe?target=` names, among those that the configuration allows. Their sessions are kept, up to a
/// number, and closed when nobody has asked for a while. A password is never sent to an address that a stranger chose.
actor PostgresProbes: ProbeSource {
  /// Beyond it, the one that was asked for longest ago is closed.
  static let maximumTargets = 64
  static let maximumIdleSeconds = 300

  private struct Place: Hashable {
    let module: String
    let address: ProbeAddress
  }

  private struct Kept {
    let source: Scraper<PostgresTarget>
    var lastUse: ContinuousClock.Instant
  }

  private let modules: [AuthModule]
  private let make: @Sendable (DataSource) -> Scraper<PostgresTarget>
  private var kept: [Place: Kept] = [:]
  private var sweep: Task<Void, Never>?
  private let maximumIdle: Duration
  private let maximumTargets: Int

  init(
    _ modules: [AuthModule], maximumTargets: Int = maximumTargets,
    maximumIdle: Duration = .seconds(maximumIdleSeconds),
    make: @escaping @Sendable (DataSource) -> Scraper<PostgresTarget>
  ) {
    self.modules = modules
    self.maximumTargets = maximumTargets
    self.maximumIdle = maximumIdle
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
    return await source(Place(module: module.name, address: address), module)
  }

  private func source(_ place: Place, _ module: AuthModule) async -> any ScrapeSource {
    if let found = kept[place] {
      kept[place]?.lastUse = .now
      return found.source
    }
    let source = DataSource(address: "\(module.name)@\(place.address)", module.place(of: place.address)) { deadline in
      try await module.configuration(of: place.address, until: deadline)
    }
    let scraper = make(source)
    kept[place] = Kept(source: scraper, lastUse: .now)
    startSweeping()
    if kept.count > maximumTargets, let oldest = kept.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      kept[oldest.key] = nil
      await oldest.value.source.close()
    }
    return scraper
  }

  /// How many are kept.
  var count: Int { kept.count }

  private func startSweeping() {
    guard sweep == nil else { return }
    sweep = Task { [maximumIdle] in
      while (try? await Task.sleep(for: maximumIdle / 2)) != nil {
        if await closeIdle() { return }
      }
    }
  }

  /// - Returns: whether none is left.
  private func closeIdle() async -> Bool {
    for (place, entry) in kept where .now - entry.lastUse > maximumIdle {
      kept[place] = nil
      await entry.source.close()
    }
    guard kept.isEmpty else { return false }
    sweep = nil
    return true
  }

  func close() async {
    sweep?.cancel()
    let all = kept.values
    kept = [:]
    for entry in all { await entry.source.close() }
  }
}
