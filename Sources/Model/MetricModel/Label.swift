import Synchronization

/// The labels of a family: their names, and the values of one series.
public protocol LabelSet: Sendable {
  /// In the order in which they are exposed.
  static var labelNames: [String] { get }
  /// Aligned with `labelNames`.
  var labelValues: [String] { get }
  /// The same values one by one, without an array.
  func forEachValue(_ body: (String) -> Void)
}

extension LabelSet {
  @inlinable public func forEachValue(_ body: (String) -> Void) { for value in labelValues { body(value) } }
}

/// Labels whose values are known before the first sample, so that a series is a slot in a flat array.
public protocol ClosedLabelSet: LabelSet {
  /// How many slots; tested against the cases.
  static var count: Int { get }
  /// In `0..<count`.
  var slot: Int { get }
  /// The values of a slot, aligned with `labelNames`; nil for a slot that no series has (yet).
  static func labelValues(at slot: Int) -> [String]?
  /// One more than the highest slot that can occur: more than `count` where `count` is declared wrong.
  static var slotBound: Int { get }
  /// Whether `count` says what it should; a registry refuses labels of which it does not.
  static var isSound: Bool { get }
}

extension ClosedLabelSet {
  public static var slotBound: Int { count }
  public static var isSound: Bool { count > 0 }
}

/// One label as a type; the type carries the name.
public protocol Label: LabelSet {
  /// As exposed; `Lint.isLabelName` holds the rules.
  static var labelName: String { get }
  /// As exposed; any text, which the page escapes.
  var labelValue: String { get }
}

extension Label {
  public static var labelNames: [String] { [labelName] }
  public var labelValues: [String] { [labelValue] }
  @inlinable public func forEachValue(_ body: (String) -> Void) { body(labelValue) }
}

/// A label that is an enum without payloads.
///
/// `count` is declared by hand, since `allCases` across a module costs 8 ns; the registry holds it against
/// `allCases.count`.
public protocol ClosedLabel: Label, ClosedLabelSet, CaseIterable, Hashable {}

extension ClosedLabel {
  /// An enum without payloads of 2 to 256 cases is one byte, the index of its case; with one case it has no byte, with
  /// more it has two.
  @inlinable public var slot: Int {
    switch MemoryLayout<Self>.size {
    case 1: Int(unsafeBitCast(self, to: UInt8.self))
    case 2: Int(unsafeBitCast(self, to: UInt16.self))
    default: 0
    }
  }

  public static var slotBound: Int { max(count, allCases.count) }
  public static var isSound: Bool { count == allCases.count && MemoryLayout<Self>.size <= 2 }

  public static func labelValues(at slot: Int) -> [String]? {
    allCases.dropFirst(slot).first.map { [$0.labelValue] }
  }

  /// The case's name, where a label does not say otherwise.
  public var labelValue: String { caseName }

  /// As it stands in the source: what `String(describing:)` finds out by reflection in a microsecond, which is too long
  /// for labels that a collector writes at each scrape.
  public var caseName: String { CaseNames.names(of: Self.self)[slot] }
}

/// The names of the cases of enums without payloads, found out once.
private enum CaseNames {
  private static let known = Mutex<[ObjectIdentifier: [String]]>([:])

  static func names<T: CaseIterable>(of type: T.Type) -> [String] {
    known.withLock { known in
      if let names = known[ObjectIdentifier(type)] { return names }
      let names = type.allCases.map { String(describing: $0) }
      known[ObjectIdentifier(type)] = names
      return names
    }
  }
}

/// A label whose values the platform does not choose (a database's name). Such families are samples that a collector
/// writes at scrape time, or instruments with a limit of series.
public protocol OpenLabel: Label {
  /// Of any text: nothing is refused here.
  init(_ labelValue: String)
}

/// The labels of a family that has none.
public struct NoLabels: ClosedLabelSet {
  public static let labelNames: [String] = []
  public var labelValues: [String] { [] }
  @inlinable public static var count: Int { 1 }
  @inlinable public var slot: Int { 0 }
  public static func labelValues(at slot: Int) -> [String]? { slot == 0 ? [] : nil }
  /// The one value.
  @inlinable public init() {}
}
