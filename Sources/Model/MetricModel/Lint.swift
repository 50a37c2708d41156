/// The naming rules of Prometheus (https://prometheus.io/docs/practices/naming/) and OpenMetrics 1.0 that a
/// declaration can break.
public enum Lint {
  /// Names that the contract or a standard exporter fixes against these rules are passed by the caller's list.
  /// - Returns: one sentence a mistake, naming the family.
  public static func problems(in family: FamilyDescriptor) -> [String] {
    var found: [String] = []
    func note(_ problem: String) { found.append("\(family.name): \(problem)") }
    if !isMetricName(family.name) { note("is no metric name") }
    if family.help.isEmpty { note("has no help text") }
    if family.kind == .counter, !family.name.hasSuffix("_total") { note("a counter ends in _total") }
    if family.kind != .counter, family.name.hasSuffix("_total") { note("only a counter ends in _total") }
    if family.kind == .info, !family.name.hasSuffix("_info") { note("an info ends in _info") }
    if let unit = family.unit {
      let stem = family.kind == .counter ? String(family.name.dropSuffix("_total")) : family.name
      if !stem.hasSuffix("_\(unit.rawValue)") { note("its unit \(unit.rawValue) is not at the end of its name") }
    }
    for reserved in ["_bucket", "_count", "_sum", "_created"] where family.name.hasSuffix(reserved) {
      note("ends in \(reserved), which belongs to histograms")
    }
    for label in family.labelNames where !isLabelName(label) { note("\(label) is no label name") }
    if Set(family.labelNames).count != family.labelNames.count { note("has a label twice") }
    if family.labelNames.contains("le") { note("le belongs to histograms") }
    if zip(family.bounds, family.bounds.dropFirst()).contains(where: >=) { note("its bounds do not increase") }
    if family.kind == .histogram, family.bounds.isEmpty, family.native == nil {
      note("a histogram has bounds or native buckets")
    }
    return found
  }

  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`; colons are for recording rules, hence not for declarations.
  public static func isMetricName(_ name: String) -> Bool { isLabelName(name) }

  /// `[a-zA-Z_][a-zA-Z0-9_]*`, without the `__` that Prometheus keeps for itself.
  public static func isLabelName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !isDigit(first), !name.hasPrefix("__") else { return false }
    return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

extension String {
  fileprivate func dropSuffix(_ suffix: String) -> Substring { hasSuffix(suffix) ? dropLast(suffix.count) : self[...] }
}
