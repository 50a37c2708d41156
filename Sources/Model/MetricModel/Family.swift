/// One metric family, declared once in the catalogue as a complete value: whoever records it, asks for it
/// or draws it refers to this value, never to a string.
public struct Family<K: MetricKind, L: LabelSet>: Sendable {
  /// The same without its types.
  public let descriptor: FamilyDescriptor
  /// As exposed, with unit and `_total`.
  public var name: String { descriptor.name }

  private init(describedBy descriptor: FamilyDescriptor) { self.descriptor = descriptor }
}

extension Family where K: ScalarKind {
  /// - Parameters:
  ///   - name: as exposed, with unit and `_total`.
  ///   - help: one English sentence.
  ///   - unit: the unit that the name carries.
  ///   - use: why it is exposed; by default a rule or a panel asks for it, and a test looks.
  public init(_ name: String, _ help: String, unit: Unit? = nil, use: FamilyUse = .monitored) {
    // OpenMetrics 1.0 §"StateSet": the label that names the state is called as the family is.
    let labelNames = K.kind == .stateSet ? [name] : L.labelNames
    self.init(
      describedBy: FamilyDescriptor(
        name: name, help: help, kind: K.kind, unit: unit, labelNames: labelNames, use: use))
  }
}

extension Family where K == Histogram {
  /// - Parameters:
  ///   - name: as exposed, with the unit.
  ///   - help: one English sentence.
  ///   - unit: the unit that the name carries.
  ///   - bounds: the classic buckets' upper bounds in `unit`, strictly increasing, without `+Inf`.
  ///   - native: the exponential buckets, beside the classic ones or instead of them.
  ///   - use: why it is exposed.
  public init(
    _ name: String, _ help: String, unit: Unit? = nil, bounds: [Double] = [], native: NativeBuckets? = nil,
    use: FamilyUse = .monitored
  ) {
    self.init(
      describedBy: FamilyDescriptor(
        name: name, help: help, kind: K.kind, unit: unit, labelNames: L.labelNames, bounds: bounds, native: native,
        use: use))
  }
}

extension Family where K == Summary {
  /// - Parameters:
  ///   - name: as exposed, with the unit.
  ///   - help: one English sentence.
  ///   - unit: the unit that the name carries.
  ///   - use: why it is exposed.
  public init(_ name: String, _ help: String, unit: Unit? = nil, use: FamilyUse = .monitored) {
    self.init(
      describedBy: FamilyDescriptor(
        name: name, help: help, kind: K.kind, unit: unit, labelNames: L.labelNames, use: use))
  }
}

/// Why a family exists: held against rules and panels, both ways.
public enum FamilyUse: Sendable, Equatable {
  /// At least one rule, panel or drill asks for it.
  case monitored
  /// Nothing of ours asks for it; the reason is written down.
  case notNeeded(String)
  /// Rules and panels ask for it, and the process that will export it does not exist yet.
  case notYetExported
}

/// A family without its types: what renderers, registries and lists need.
public struct FamilyDescriptor: Sendable, Hashable {
  /// As exposed, with unit and `_total`; in a process no two families have the same.
  public let name: String
  /// One English sentence; the page escapes it.
  public let help: String
  /// Decides how the family is recorded and written.
  public let kind: Kind
  /// The unit that the name carries; nil where it carries none.
  public let unit: Unit?
  /// In the order in which they are exposed; label values are aligned with it.
  public let labelNames: [String]
  /// A histogram's upper bounds in `unit`, strictly increasing, without `+Inf`; empty for other kinds.
  public let bounds: [Double]
  /// A histogram's exponential buckets; nil where it has none.
  public let native: NativeBuckets?
  /// Why it is exposed.
  public let use: FamilyUse

  /// Whatever is given is kept: `Lint.problems(in:)` finds what Prometheus would not put up with.
  public init(
    name: String, help: String, kind: Kind, unit: Unit? = nil, labelNames: [String] = [], bounds: [Double] = [],
    native: NativeBuckets? = nil, use: FamilyUse = .monitored
  ) {
    self.name = name
    self.help = help
    self.kind = kind
    self.unit = unit
    self.labelNames = labelNames
    self.bounds = bounds
    self.native = native
    self.use = use
  }

  /// The same family for series that have other labels than most.
  public func withLabels(_ names: [String]) -> FamilyDescriptor {
    FamilyDescriptor(
      name: name, help: help, kind: kind, unit: unit, labelNames: names, bounds: bounds, native: native, use: use)
  }

  /// By the name alone.
  public static func == (a: Self, b: Self) -> Bool { a.name == b.name }
  /// By the name alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
