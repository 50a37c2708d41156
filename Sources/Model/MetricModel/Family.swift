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

/// A family without its types: what renderers, registries and lists need. To copy one costs a reference.
public struct FamilyDescriptor: Sendable, Hashable {
  private final class Fields: Sendable {
    let name: String
    let help: String
    let kind: Kind
    let unit: Unit?
    let labelNames: [String]
    let bounds: [Double]
    let native: NativeBuckets?
    let use: FamilyUse
    /// Hashing a name takes longer than all else that a sample costs: once is enough.
    let nameHash: Int

    init(
      _ name: String, _ help: String, _ kind: Kind, _ unit: Unit?, _ labelNames: [String], _ bounds: [Double],
      _ native: NativeBuckets?, _ use: FamilyUse
    ) {
      self.name = name
      self.help = help
      self.kind = kind
      self.unit = unit
      self.labelNames = labelNames
      self.bounds = bounds
      self.native = native
      self.use = use
      nameHash = name.hashValue
    }
  }

  private let fields: Fields

  /// As exposed, with unit and `_total`; in a process no two families have the same.
  public var name: String { fields.name }
  /// One English sentence; the page escapes it.
  public var help: String { fields.help }
  /// Decides how the family is recorded and written.
  public var kind: Kind { fields.kind }
  /// The unit that the name carries; nil where it carries none.
  public var unit: Unit? { fields.unit }
  /// In the order in which they are exposed; label values are aligned with it.
  public var labelNames: [String] { fields.labelNames }
  /// A histogram's upper bounds in `unit`, strictly increasing, without `+Inf`; empty for other kinds.
  public var bounds: [Double] { fields.bounds }
  /// A histogram's exponential buckets; nil where it has none.
  public var native: NativeBuckets? { fields.native }
  /// Why it is exposed.
  public var use: FamilyUse { fields.use }

  /// Whatever is given is kept: `Lint.problems(in:)` finds what Prometheus would not put up with.
  public init(
    name: String, help: String, kind: Kind, unit: Unit? = nil, labelNames: [String] = [], bounds: [Double] = [],
    native: NativeBuckets? = nil, use: FamilyUse = .monitored
  ) {
    fields = Fields(name, help, kind, unit, labelNames, bounds, native, use)
  }

  /// The same family for series that have other labels than most.
  public func withLabels(_ names: [String]) -> FamilyDescriptor {
    FamilyDescriptor(
      name: name, help: help, kind: kind, unit: unit, labelNames: names, bounds: bounds, native: native, use: use)
  }

  /// Whether a page shows the same of both: their whole declaration, but for the use.
  public func isDeclared(as other: FamilyDescriptor) -> Bool {
    fields === other.fields
      || (name == other.name && kind == other.kind && help == other.help && labelNames == other.labelNames
        && unit == other.unit && bounds == other.bounds && native == other.native)
  }

  /// By the name alone.
  public static func == (a: Self, b: Self) -> Bool {
    a.fields === b.fields || (a.nameHash == b.nameHash && a.name == b.name)
  }
  /// By the name alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(nameHash) }
  /// Of the name, the same as long as the process lives.
  public var nameHash: Int { fields.nameHash }
}
