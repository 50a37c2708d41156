import MetricModel
import Synchronization
import Telemetry

/// Which family writes which names on a page, so that no two write one: the samples of a histogram `a` are called
/// `a_count` too, and in OpenMetrics the family of `a_total` is `a`.
final class PageNames: Sendable {
  private struct State {
    var families: [String: FamilyDescriptor] = [:]
    /// The family's name by every name that it writes.
    var owners: [String: String] = [:]
  }

  private let state = Mutex(State())
  private let maximumFamilies: Int

  init(maximumFamilies: Int) { self.maximumFamilies = max(maximumFamilies, 1) }

  /// - Returns: the family as it was described first; nil, and reported to the registry, where the name is another
  ///   kind's, has other labels, or would be one too many.
  func claim(_ family: FamilyDescriptor, _ registry: Registry) -> FamilyDescriptor? {
    let outcome: Result<FamilyDescriptor, Refusal> = state.withLock { state in
      if let existing = state.families[family.name] {
        let isSame = existing.kind == family.kind && existing.labelNames == family.labelNames
        return isSame ? .success(existing) : .failure(Refusal(problem: .nameConflict(family.name)))
      }
      let names = Self.names(of: family)
      guard names.allSatisfy({ state.owners[$0] == nil }) else {
        return .failure(Refusal(problem: .nameConflict(family.name)))
      }
      guard state.families.count < maximumFamilies else {
        return .failure(Refusal(problem: .cardinality(RegistryMetricsFactory.familyLimitProblem)))
      }
      state.families[family.name] = family
      for name in names { state.owners[name] = family.name }
      return .success(family)
    }
    switch outcome {
    case .success(let family): return family
    case .failure(let refusal):
      // Outside the lock: the handler may log, and logging may count.
      registry.report(refusal.problem)
      return nil
    }
  }

  private struct Refusal: Error { let problem: Registry.Problem }

  private static func names(of family: FamilyDescriptor) -> [String] {
    let name = family.name
    switch family.kind {
    case .histogram: return [name, "\(name)_bucket", "\(name)_count", "\(name)_sum", "\(name)_created"]
    case .counter:
      let stem = name.hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
      return [name, stem, "\(stem)_created"]
    default: return [name]
    }
  }
}
