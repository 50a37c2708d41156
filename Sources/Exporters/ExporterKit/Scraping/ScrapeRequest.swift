import MetricModel
import Telemetry

/// What one request asks of a scrape.
package struct ScrapeRequest: Sendable, Equatable {
  package let budget: ScrapeBudget
  /// Names of collectors; nil for all that are enabled.
  package let collectors: Set<String>?
  /// Names of families, from `name[]`; nil for all.
  package let families: Set<String>?

  package init(_ budget: ScrapeBudget, collectors: Set<String>? = nil, families: Set<String>? = nil) {
    self.budget = budget
    self.collectors = collectors
    self.families = families
  }

  /// - Parameters:
  ///   - items: of the query: `collect[]` (these alone), `exclude[]` (all but these) and `name[]` (of what comes of it,
  ///     these families alone), each as often as wanted.
  ///   - enabled: the collectors that there are to choose from.
  package init(
    _ budget: ScrapeBudget, query items: [(name: String, value: String)], enabled: [String]
  ) throws(ScrapeMistake) {
    func values(_ name: String) -> Set<String> { Set(items.filter { $0.name == name }.map(\.value)) }
    let (wanted, unwanted, names) = (values("collect[]"), values("exclude[]"), values("name[]"))
    guard wanted.isEmpty || unwanted.isEmpty else {
      throw ScrapeMistake("collect[] and exclude[] cannot be combined: use one of them")
    }
    if let unknown = wanted.union(unwanted).subtracting(enabled).sorted().first {
      throw ScrapeMistake(
        "there is no enabled collector \(unknown.prefix(64)); there are: \(enabled.joined(separator: ", "))")
    }
    self.budget = budget
    collectors = wanted.isEmpty ? (unwanted.isEmpty ? nil : Set(enabled).subtracting(unwanted)) : wanted
    families = names.isEmpty ? nil : names
  }

  /// What of a page was asked for.
  package func selected(from batch: SampleBatch) -> SampleBatch {
    guard let families else { return batch }
    return batch.filtered { families.contains($0.name) }
  }
}

/// A request that cannot be carried out as it stands: status 400.
package struct ScrapeMistake: Error, CustomStringConvertible, Equatable {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// So many different selections wait for the target already that another one would not be answered in time: 503.
package struct ScrapeBusy: Error, Equatable {
  package init() {}
}
