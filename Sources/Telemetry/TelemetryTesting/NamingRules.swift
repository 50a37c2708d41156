/// What a page's names, types and texts have against the rules of Prometheus
/// (https://prometheus.io/docs/practices/naming/): all that `promtool check metrics` finds, and some more.
public struct NamingProblem: Sendable, Hashable, CustomStringConvertible {
  /// What a family is held against.
  public enum Rule: String, Sendable, CaseIterable {
    /// A family says what it is.
    case help
    /// A family says how it is to be read.
    case type
    /// Seconds, bytes, metres: not their multiples, nor other units.
    case baseUnit
    /// Units are written out.
    case abbreviation
    /// A counter ends in `_total`.
    case counterSuffix
    /// Nothing else ends in `_total`.
    case totalSuffix
    /// `_bucket`, `_count`, `_sum` and `_created` belong to the samples of histograms, summaries and counters.
    case reservedSuffix
    /// `le` belongs to histograms, `quantile` to summaries, `__` in front to Prometheus.
    case reservedLabel
    /// A name does not say its type.
    case typeInName
    /// Colons belong to recording rules.
    case colon
    /// Names are `snake_case`.
    case camelCase
    /// A counter does not fall below 0, and is a number.
    case counterValue
  }

  /// Its name.
  public let family: String
  /// The one that it breaks.
  public let rule: Rule
  /// What is wrong and what to write instead.
  public let problem: String
  public var description: String { "\(family): \(problem)" }
}

extension ExpositionText {
  /// By family and rule; empty where the rules have nothing against the page.
  public func problems() -> [NamingProblem] { families.flatMap { NamingRules.problems(in: $0) } }
}

enum NamingRules {
  static func problems(in family: ExpositionText.Family) -> [NamingProblem] {
    NamingProblem.Rule.allCases.flatMap { rule in
      texts(rule, family).map { NamingProblem(family: family.name, rule: rule, problem: $0) }
    }
  }

  private static func texts(_ rule: NamingProblem.Rule, _ family: ExpositionText.Family) -> [String] {
    let (name, type) = (family.name, family.type ?? .untyped)
    switch rule {
    case .help: return family.help ?? "" == "" ? ["has no help text: say in a sentence what is measured"] : []
    case .type: return family.type == nil ? ["has no type: write a # TYPE line"] : []
    case .baseUnit:
      return MeasurementUnits.notBase(in: name).map { "is in \($0): measure in \($1) and call it so" }
    case .abbreviation:
      return MeasurementUnits.abbreviations(in: name).map { "abbreviates a unit as \($0): write it out" }
    case .counterSuffix:
      return type == .counter && !name.hasSuffix("_total") ? ["is a counter: end its name in _total"] : []
    case .totalSuffix:
      let isOther = type != .counter && type != .untyped
      return isOther && name.hasSuffix("_total") ? ["is no counter: do not end its name in _total"] : []
    case .reservedSuffix: return reservedSuffixes(name, type)
    case .reservedLabel: return reservedLabels(family, type)
    case .typeInName:
      return typeWords.filter { contains($0, in: name) }.map { "says its type: leave \($0) out of the name" }
    case .colon: return name.utf8.contains(UInt8(ascii: ":")) ? ["has a colon, which recording rules alone have"] : []
    case .camelCase: return camelCase(family)
    case .counterValue:
      let wrong = type == .counter ? family.samples.filter { !($0.value >= 0) } : []
      return wrong.map { "\($0.series) is \($0.value): a counter only grows, from 0" }
    }
  }

  private static let typeWords = ["counter", "gauge", "summary", "histogram", "gauge_histogram"]

  private static func reservedSuffixes(_ name: String, _ type: ExpositionText.FamilyType) -> [String] {
    let allowed: [(String, [ExpositionText.FamilyType])] = [
      ("_bucket", [.histogram]), ("_count", [.histogram, .summary]), ("_sum", [.histogram, .summary]), ("_created", []),
    ]
    guard type != .untyped else { return [] }
    return allowed.filter { name.hasSuffix($0.0) && !$0.1.contains(type) }.map {
      "ends in \($0.0), as the samples of other types do"
    }
  }

  private static func reservedLabels(_ family: ExpositionText.Family, _ type: ExpositionText.FamilyType) -> [String] {
    var found: [String] = []
    for name in labelNames(family) {
      if name == "le", type != .histogram, type != .untyped { found.append("has the label le and is no histogram") }
      if name == "quantile", type != .summary, type != .untyped {
        found.append("has the label quantile and is no summary")
      }
      if name.hasPrefix("__") { found.append("has the label \(name): __ is kept for Prometheus") }
    }
    return found
  }

  private static func camelCase(_ family: ExpositionText.Family) -> [String] {
    (isCamelCase(family.name) ? ["is in camelCase: write it in snake_case"] : [])
      + labelNames(family).filter(isCamelCase).map { "has the label \($0) in camelCase: write it in snake_case" }
  }

  private static func labelNames(_ family: ExpositionText.Family) -> [String] {
    Set(family.samples.flatMap { $0.labels.map(\.name) }).sorted()
  }

  private static func isCamelCase(_ name: String) -> Bool {
    zip(name.utf8, name.utf8.dropFirst()).contains { lower, upper in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(upper)
    }
  }

  /// As a word behind an underscore, whatever its case.
  static func contains(_ word: String, in name: String) -> Bool {
    let name = name.lowercased() + "_"
    return name.utf8.indices.contains { name[$0...].hasPrefix("_\(word)_") }
  }
}
