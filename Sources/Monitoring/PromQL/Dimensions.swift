import MetricModel

/// The label names that the series of an expression have: more than one set where `or` joins unlike sides.
package struct Dimensions: Sendable, Hashable {
  package private(set) var alternatives: Set<Set<String>>

  package init(_ names: Set<String>) { alternatives = [names] }

  init(selectorOf family: FamilyDescriptor, buckets: Bool) {
    self.init(Set(family.labelNames + ["job", "instance"] + (buckets ? ["le"] : [])))
  }

  func union(_ other: Self) -> Self {
    var joined = self
    joined.alternatives.formUnion(other.alternatives)
    return joined
  }

  func removing(_ names: [String]) -> Self {
    var fewer = self
    fewer.alternatives = Set(alternatives.map { $0.subtracting(names) })
    return fewer
  }

  func adding(_ names: [String]) -> Self {
    var more = self
    more.alternatives = Set(alternatives.map { $0.union(names) })
    return more
  }

  /// The names that some series has.
  package var names: Set<String> { alternatives.reduce(into: []) { $0.formUnion($1) } }

  /// The first of these names that some series does not have.
  package func firstMissing(of names: [String]) -> String? {
    names.first { name in alternatives.contains { !$0.contains(name) } }
  }

  package var text: String {
    alternatives.map { "{\($0.sorted().joined(separator: ", "))}" }.sorted().joined(separator: " or ")
  }
}
