/// Which versions of the server a custom query is for, as `runonserver` says: comparisons with a space between those
/// that must all hold, and `||` between alternatives: `>=13.0.0 <15.0.0 || >=16.0.0`. A part that is missing or `x` is
/// any.
///
/// Source: https://pkg.go.dev/github.com/blang/semver/v4#ParseRange, which the standard exporter uses.
struct VersionRange: Sendable, Equatable {
  private enum Comparison: String, CaseIterable {
    // The longer ones first, so that they are found first.
    case atLeast = ">="
    case atMost = "<="
    case isNot = "!="
    case equals = "=="
    case above = ">"
    case below = "<"
    case isAlso = "="
    case differs = "!"
  }

  private struct Condition: Equatable {
    let comparison: Comparison
    /// Up to three numbers.
    let version: [Int]
  }

  private let alternatives: [[Condition]]

  /// nil for what is no range.
  init?(_ text: String) {
    var alternatives: [[Condition]] = []
    for part in Self.split(text) {
      var conditions: [Condition] = []
      for word in part {
        guard let condition = Self.condition(word) else { return nil }
        conditions.append(condition)
      }
      guard !conditions.isEmpty else { return nil }
      alternatives.append(conditions)
    }
    self.alternatives = alternatives
  }

  /// - Parameter serverVersion: as `ServerFacts.version`; 150018 is 15.18.0.
  func contains(_ serverVersion: Int) -> Bool {
    let version = [serverVersion / 10_000, serverVersion % 10_000, 0]
    return alternatives.contains { $0.allSatisfy { Self.holds($0, for: version) } }
  }

  private static func split(_ text: String) -> [[Substring]] {
    var parts: [[Substring]] = [[]]
    var operatorOfNext: Substring = ""
    for word in text.split(separator: " ") {
      if word == "||" {
        parts.append([])
      } else if Comparison(rawValue: String(word)) != nil {
        operatorOfNext = word
      } else {
        parts[parts.count - 1].append(operatorOfNext + word)
        operatorOfNext = ""
      }
    }
    return parts
  }

  private static func condition(_ word: Substring) -> Condition? {
    let comparison = Comparison.allCases.first { word.hasPrefix($0.rawValue) }
    let text = word.dropFirst(comparison?.rawValue.count ?? 0)
    var version: [Int] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      if ["x", "X", "*"].contains(part) { break }
      guard let number = Int(part), number >= 0, version.count < 3 else { return nil }
      version.append(number)
    }
    return text.isEmpty ? nil : Condition(comparison: comparison ?? .equals, version: version)
  }

  /// Only the parts that the condition names are compared.
  private static func holds(_ condition: Condition, for version: [Int]) -> Bool {
    let named = Array(version.prefix(condition.version.count))
    switch condition.comparison {
    case .equals, .isAlso: return named == condition.version
    case .isNot, .differs: return named != condition.version
    case .atLeast: return !named.lexicographicallyPrecedes(condition.version)
    case .below: return named.lexicographicallyPrecedes(condition.version)
    case .above: return condition.version.lexicographicallyPrecedes(named)
    case .atMost: return !condition.version.lexicographicallyPrecedes(named)
    }
  }
}
