import MetricModel
import Testing

/// Each rule with a declaration that breaks it alone.
@Suite("Lint")
struct LintTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let broken: FamilyDescriptor
    let says: String
    var testDescription: String { "\(broken.name): \(says)" }
  }

  static let broken = [
    Case(broken: gauge("0_items"), says: "is no metric name"),
    Case(broken: gauge("items-open"), says: "is no metric name"),
    Case(broken: gauge("items:open"), says: "is no metric name"),
    Case(broken: gauge("ítems"), says: "is no metric name"),
    Case(broken: gauge(""), says: "is no metric name"),
    Case(broken: FamilyDescriptor(name: "items", help: "", kind: .gauge), says: "has no help text"),
    Case(broken: FamilyDescriptor(name: "items", help: "h", kind: .counter), says: "a counter ends in _total"),
    Case(broken: gauge("items_total"), says: "only a counter ends in _total"),
    Case(broken: FamilyDescriptor(name: "build", help: "h", kind: .info), says: "an info ends in _info"),
    Case(broken: gauge("wait", unit: .seconds), says: "its unit seconds is not at the end of its name"),
    Case(broken: gauge("seconds_waited", unit: .seconds), says: "its unit seconds is not at the end of its name"),
    Case(
      broken: FamilyDescriptor(name: "wait_total", help: "h", kind: .counter, unit: .seconds),
      says: "its unit seconds is not at the end of its name"),
    Case(broken: gauge("items_bucket"), says: "ends in _bucket"),
    Case(broken: gauge("items_count"), says: "ends in _count"),
    Case(broken: gauge("items_sum"), says: "ends in _sum"),
    Case(broken: gauge("items_created"), says: "ends in _created"),
    Case(broken: gauge("items", labels: ["with-dash"]), says: "with-dash is no label name"),
    Case(broken: gauge("items", labels: ["__name__"]), says: "__name__ is no label name"),
    Case(broken: gauge("items", labels: ["a", "b", "a"]), says: "has a label twice"),
    Case(broken: gauge("items", labels: ["le"]), says: "le belongs to histograms"),
    Case(broken: histogram([1, 3, 2]), says: "its bounds do not increase"),
    Case(broken: histogram([1, 1]), says: "its bounds do not increase"),
    Case(broken: histogram([]), says: "a histogram has bounds"),
  ]

  @Test("a broken declaration is reported, by name, and for that alone", arguments: broken)
  func reports(example: Case) throws {
    let problems = Lint.problems(in: example.broken)
    #expect(problems.count == 1)
    let problem = try #require(problems.first)
    #expect(problem.hasPrefix("\(example.broken.name): "))
    #expect(problem.contains(example.says))
  }

  @Test(
    "a sound declaration is not",
    arguments: [
      gauge("items"), gauge("wait_seconds", unit: .seconds), gauge("items", labels: ["_a", "b9", "C"]),
      FamilyDescriptor(name: "wait_seconds_total", help: "h", kind: .counter, unit: .seconds),
      FamilyDescriptor(name: "build_info", help: "h", kind: .info, labelNames: ["version"]),
      FamilyDescriptor(name: "pg_stat_database_xact_commit", help: "h", kind: .unknown, labelNames: ["datname"]),
      histogram([0.1, 1]),
    ])
  func silent(sound: FamilyDescriptor) {
    #expect(Lint.problems(in: sound) == [])
  }

  private static func gauge(_ name: String, unit: Unit? = nil, labels: [String] = []) -> FamilyDescriptor {
    FamilyDescriptor(name: name, help: "h", kind: .gauge, unit: unit, labelNames: labels)
  }

  private static func histogram(_ bounds: [Double]) -> FamilyDescriptor {
    FamilyDescriptor(name: "wait_seconds", help: "h", kind: .histogram, unit: .seconds, bounds: bounds)
  }
}
