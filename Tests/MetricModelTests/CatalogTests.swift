import Catalog
import MetricModel
import Testing

/// The catalogue as a list. That every declared family is in the list is a matter of its sources: Tests/Tidy.
@Suite("Catalog")
struct CatalogTests {
  /// Rules that somebody else's names break, and who fixed those names.
  struct Exception: Sendable {
    let families: Set<String>
    let problem: String
    let reason: String
  }

  static let exceptions =
    [
      Exception(
        families: Set(PG.all.map(\.name)), problem: "a counter ends in _total",
        reason: "postgres_exporter 0.11.1 has these names and types, and dashboards made for it ask for them")
    ]
    + [
      "a counter ends in _total", "only a counter ends in _total", "ends in _count, which belongs to histograms",
    ].map { problem in
      Exception(
        families: Set(RedisInstance.all.map(\.name)), problem: problem,
        reason: "redis_exporter has these names and types, and dashboards made for it ask for them")
    }

  private static func problems(of family: FamilyDescriptor) -> [String] {
    let excused = exceptions.filter { $0.families.contains(family.name) }.map { "\(family.name): \($0.problem)" }
    return Lint.problems(in: family).filter { !excused.contains($0) }
  }

  @Test("every family has a name of its own")
  func uniqueNames() {
    let names = Dictionary(grouping: Catalog.all, by: \.name).filter { $0.value.count > 1 }
    #expect(names.keys.sorted() == [])
    #expect(!Catalog.all.isEmpty)
  }

  @Test("no family writes a sample that another family's name claims")
  func uniqueSampleNames() {
    var owners: [String: String] = [:]
    for family in Catalog.all {
      for sample in Self.sampleNames(of: family) {
        if let other = owners.updateValue(family.name, forKey: sample) {
          Issue.record("\(sample) is written by \(other) and by \(family.name)")
        }
      }
    }
  }

  @Test("names follow the rules, but for the listed exceptions")
  func lint() {
    #expect(Catalog.all.flatMap(Self.problems) == [])
  }

  @Test("an exception is still needed")
  func staleExceptions() {
    for exception in Self.exceptions {
      let broken = Catalog.all.filter { Lint.problems(in: $0).contains("\($0.name): \(exception.problem)") }
      #expect(broken.contains { exception.families.contains($0.name) }, "\(exception.problem)")
    }
  }

  @Test("a help text is one line; ours is a sentence")
  func help() {
    let theirs = Set((PG.all + Host.all + RedisInstance.all).map(\.name))
    for family in Catalog.all {
      #expect(!family.help.contains("\n"), "\(family.name)")
      #expect(theirs.contains(family.name) || family.help.hasSuffix("."), "\(family.name)")
    }
  }

  @Test("what nobody asks for says why it exists")
  func reasons() {
    for family in Catalog.all {
      if case .notNeeded(let reason) = family.use { #expect(reason.count >= 10, "\(family.name)") }
    }
  }

  @Test("latencies have the bounds that the alerts and the objective ask at")
  func bounds() {
    #expect(HTTP.duration.descriptor.bounds.contains(0.2))
    #expect(HTTP.duration.descriptor.bounds.contains(0.3))
  }

  /// What OpenMetrics reserves for a family (§ "MetricFamily"), so that two families cannot collide in either format.
  private static func sampleNames(of family: FamilyDescriptor) -> [String] {
    switch family.kind {
    case .counter:
      let stem = family.name.hasSuffix("_total") ? String(family.name.dropLast("_total".count)) : family.name
      return Set([stem, "\(stem)_total", "\(stem)_created"]).sorted()
    case .histogram: return ["", "_bucket", "_count", "_sum", "_created"].map { family.name + $0 }
    case .summary: return ["", "_count", "_sum", "_created"].map { family.name + $0 }
    case .info:
      let stem = family.name.hasSuffix("_info") ? String(family.name.dropLast("_info".count)) : family.name
      return [stem, "\(stem)_info"]
    case .gauge, .stateSet, .unknown: return [family.name]
    }
  }
}
