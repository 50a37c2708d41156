import MetricModel
import Telemetry

/// How swift-metrics' names, which may be any text, are written for Prometheus
/// (https://prometheus.io/docs/practices/naming/). Every text becomes a legal name:
///
/// - each scalar outside `[a-zA-Z0-9_]` becomes `_` (`http.requests` → `http_requests`), a digit in front gets a `_`
///   before it, and no text at all is `unnamed`;
/// - a counter ends in `_total`;
/// - a timer ends in `_seconds`, which replaces the unit that its label ends in (`query.duration.ms` →
///   `query_duration_seconds`);
/// - a dimension's name has no `__` in front, which Prometheus keeps for itself, and `le`, which belongs to buckets,
///   becomes `exported_le`.
///
/// Two texts that become one name are one metric if their kinds agree.
public struct MetricNames: Sendable {
  private let keepsUTF8: Bool

  /// - Parameter keepsUTF8: characters and digits stay as they are; the endings are the same.
  public init(keepsUTF8: Bool = false) { self.keepsUTF8 = keepsUTF8 }

  /// Of counters of either number.
  public func counter(_ label: String) -> String {
    let name = name(label)
    // In OpenMetrics the family is called as its samples without their ending, and has to be called something.
    if name == "_total" { return "unnamed_total" }
    return name.hasSuffix("_total") ? name : name + "_total"
  }

  /// Of meters, gauges and recorders.
  public func plain(_ label: String) -> String { name(label) }

  /// Of timers, whose histograms are in seconds.
  public func timer(_ label: String) -> String {
    let name = name(label)
    for unit in Self.timeUnits where name.hasSuffix("_" + unit) || name.hasSuffix("." + unit) {
      return name.dropLast(unit.count + 1) + "_seconds"
    }
    return name.hasSuffix("_seconds") ? name : name + "_seconds"
  }

  /// Of a dimension, as a label.
  public func dimension(_ name: String) -> String {
    guard !keepsUTF8 else { return name == "le" ? "exported_le" : (name.isEmpty ? "_" : Self.unreserved(name[...])) }
    let legal = Self.unreserved(Self.legal(name)[...])
    return legal == "le" ? "exported_le" : legal
  }

  /// Where the name says it in words that OpenMetrics can repeat.
  static func unit(_ name: String) -> Unit? {
    let stem = name.hasSuffix("_total") ? name.dropLast("_total".count) : name[...]
    return [Unit.seconds, .bytes, .ratio].first { stem.hasSuffix("_\($0.rawValue)") }
  }

  private static let timeUnits = [
    "nanoseconds", "microseconds", "milliseconds", "ns", "us", "ms",
  ]

  private func name(_ label: String) -> String {
    if label.isEmpty { return "unnamed" }
    return keepsUTF8 ? label : Self.legal(label)
  }

  private static func legal(_ text: String) -> String {
    let startsWithDigit = text.utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? true
    return EscapingScheme.underscores.escape(label: startsWithDigit ? "_" + text : text)
  }

  private static func unreserved(_ name: Substring) -> String {
    var name = name
    while name.utf8.starts(with: [UInt8(ascii: "_"), UInt8(ascii: "_")]) { name = name.dropFirst() }
    return String(name)
  }
}

/// The families that swift-metrics' instruments are.
struct FamilyDescriber: Sendable {
  private let options: RegistryMetricsOptions
  private let names: MetricNames

  init(_ options: RegistryMetricsOptions) {
    self.options = options
    names = MetricNames(keepsUTF8: options.keepsUTF8Names)
  }

  func dimension(_ name: String) -> String { names.dimension(name) }

  func counter(_ label: String, _ labelNames: [String]) -> FamilyDescriptor {
    describe(label, names.counter(label), .counter, labelNames)
  }

  func gauge(_ label: String, _ labelNames: [String]) -> FamilyDescriptor {
    describe(label, names.plain(label), .gauge, labelNames)
  }

  func recorder(_ label: String, _ labelNames: [String]) -> FamilyDescriptor {
    describe(label, names.plain(label), .histogram, labelNames, options.buckets[label] ?? options.recorderBuckets)
  }

  func timer(_ label: String, _ labelNames: [String]) -> FamilyDescriptor {
    describe(label, names.timer(label), .histogram, labelNames, options.buckets[label] ?? options.timerBuckets)
  }

  private func describe(
    _ label: String, _ name: String, _ kind: Kind, _ labelNames: [String],
    _ buckets: RegistryMetricsOptions.Buckets? = nil
  ) -> FamilyDescriptor {
    let help = options.help[label] ?? "\(label), recorded through swift-metrics."
    return FamilyDescriptor(
      name: name, help: help, kind: kind, unit: MetricNames.unit(name), labelNames: labelNames,
      bounds: buckets?.bounds ?? [], native: buckets?.native)
  }
}
