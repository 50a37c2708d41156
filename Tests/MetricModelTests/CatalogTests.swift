import Catalog
import MetricModel
import Testing

/// The catalogue as a list. That every declared family is in the list is a matter of its sources: Tests/Tidy.
@Suite("Catalog")
struct CatalogTests {
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
    #expect(Catalog.all.flatMap(StandardNames.problems) == [])
  }

  @Test("an exception is still needed")
  func staleExceptions() {
    for (prefix, problem) in StandardNames.exceptions {
      let broken = Catalog.all.filter { Lint.problems(in: $0).contains("\($0.name): \(problem)") }
      #expect(broken.contains { $0.name.hasPrefix(prefix) }, "\(prefix) \(problem)")
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
