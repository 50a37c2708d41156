/// Targets that requests name: each is kept with its sessions while it is asked for, up to a number, and closed when
/// nobody has asked for a while.
package actor KeptTargets<Place: Hashable & Sendable> {
  package static var defaultMaximumIdle: Duration { .seconds(defaultMaximumIdleSeconds) }

  private struct Kept {
    let source: any ScrapeSource
    var lastUse: ContinuousClock.Instant
  }

  private let maximumTargets: Int
  private let maximumIdle: Duration
  private var kept: [Place: Kept] = [:]
  private var sweep: Task<Void, Never>?

  /// - Parameters:
  ///   - maximumTargets: beyond it, the one that was asked for longest ago is closed.
  ///   - maximumIdle: one that nobody asks for is closed after it, or half of it later.
  package init(maximumTargets: Int, maximumIdle: Duration = defaultMaximumIdle) {
    self.maximumTargets = maximumTargets
    self.maximumIdle = maximumIdle
  }

  /// How many are kept.
  package var count: Int { kept.count }

  /// - Parameter make: the target, where it is not kept.
  package func source(for place: Place, make: @Sendable () -> any ScrapeSource) async -> any ScrapeSource {
    if let found = kept[place]?.source {
      kept[place]?.lastUse = .now
      return found
    }
    let source = make()
    kept[place] = Kept(source: source, lastUse: .now)
    startSweeping()
    if kept.count > maximumTargets, let oldest = kept.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      kept[oldest.key] = nil
      await oldest.value.source.close()
    }
    return source
  }

  package func close() async {
    sweep?.cancel()
    await close { _ in true }
  }

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
    let now = ContinuousClock.now
    await close { now - $0.lastUse > maximumIdle }
    guard kept.isEmpty else { return false }
    sweep = nil
    return true
  }

  /// They are let go before the first is closed: whoever asks meanwhile has a new one.
  private func close(_ isOver: (Kept) -> Bool) async {
    let over = kept.filter { isOver($0.value) }
    for place in over.keys { kept[place] = nil }
    for target in over.values { await target.source.close() }
  }
}

private let defaultMaximumIdleSeconds = 300
