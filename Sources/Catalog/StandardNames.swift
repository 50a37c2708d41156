import MetricModel

/// Names that the standard exporters fixed before Prometheus had a rule about them: dashboards and rules made for those
/// exporters ask for them, so that ours keep them.
package enum StandardNames {
  /// What names with the prefix may do against the rules, in the words of `Lint`.
  package static let exceptions: [(prefix: String, problem: String)] = [
    ("pg_", "a counter ends in _total"),
    ("pg_", "ends in _count, which belongs to histograms"),
    ("redis_", "a counter ends in _total"),
    ("redis_", "only a counter ends in _total"),
    ("redis_", "ends in _count, which belongs to histograms"),
    ("node_systemd_", "only a counter ends in _total"),
  ]

  /// The family's mistakes, without those.
  package static func problems(in family: FamilyDescriptor) -> [String] {
    let excused = exceptions.filter { family.name.hasPrefix($0.prefix) }.map { "\(family.name): \($0.problem)" }
    return Lint.problems(in: family).filter { !excused.contains($0) }
  }
}
