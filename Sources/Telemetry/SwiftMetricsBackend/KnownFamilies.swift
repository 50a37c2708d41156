import MetricModel
import Synchronization
import Telemetry

/// The families of one factory by their names on the page, as each was described first. What families of others have
/// taken, the registry knows.
final class KnownFamilies: Sendable {
  private let families = Mutex<[String: FamilyDescriptor]>([:])
  private let maximumFamilies: Int

  init(maximumFamilies: Int) { self.maximumFamilies = max(maximumFamilies, 1) }

  /// - Returns: the family as it was described first; nil, and reported to the registry, where the name is another
  ///   kind's, has other labels, or would be one too many.
  func describe(_ family: FamilyDescriptor, _ registry: Registry) -> FamilyDescriptor? {
    let (known, problem): (FamilyDescriptor?, Registry.Problem?) = families.withLock { families in
      if let existing = families[family.name] {
        let isSame = existing.kind == family.kind && existing.labelNames == family.labelNames
        return isSame ? (existing, nil) : (nil, .nameConflict(family.name))
      }
      guard families.count < maximumFamilies else {
        return (nil, .cardinality(RegistryMetricsFactory.familyLimitProblem))
      }
      families[family.name] = family
      return (family, nil)
    }
    // Outside the lock: the handler may log, and logging may count.
    if let problem { registry.report(problem) }
    return known
  }
}
