import MetricModel

/// The names that families write on a page in any format, so that no two write one: the samples of a histogram `a` are
/// called `a_count` too, in OpenMetrics the family of `a_total` is `a`, and escaped, `a.b` is `a_b`.
struct PageNames {
  private var taken: Set<String> = []

  /// So many families will follow: room for two names each.
  mutating func expect(families count: Int) { taken.reserveCapacity(taken.count + 2 * count) }

  /// False where another family has one of the names, or two labels of this one become the same.
  mutating func claim(_ family: FamilyDescriptor) -> Bool {
    guard Self.labelsDiffer(family) else { return false }
    let name = EscapingScheme.underscores.escape(family.name)
    if family.kind == .gauge || family.kind == .unknown || family.kind == .stateSet {
      return taken.insert(name).inserted
    }
    let names = Self.names(name, family.kind)
    guard !names.contains(where: taken.contains) else { return false }
    for name in names { taken.insert(name) }
    return true
  }

  private static func names(_ name: String, _ kind: Kind) -> [String] {
    switch kind {
    case .summary: [name, "\(name)_count", "\(name)_sum", "\(name)_created"]
    case .histogram: [name, "\(name)_bucket", "\(name)_count", "\(name)_sum", "\(name)_created"]
    case .counter where name.hasSuffix("_total"): [name, stem(name, "_total"), "\(stem(name, "_total"))_created"]
    case .info where name.hasSuffix("_info"): [name, stem(name, "_info")]
    default: [name]
    }
  }

  /// Without its end, by bytes: characters would be looked for one by one.
  private static func stem(_ name: String, _ suffix: String) -> String {
    String(Substring(name.utf8.dropLast(suffix.utf8.count)))
  }

  private static func labelsDiffer(_ family: FamilyDescriptor) -> Bool {
    guard family.labelNames.count > 1 else { return true }
    return Set(family.labelNames.map { EscapingScheme.underscores.escape(label: $0) }).count == family.labelNames.count
  }
}
