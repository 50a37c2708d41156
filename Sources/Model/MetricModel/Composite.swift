/// Two label sets as one.
public struct Pair<A: LabelSet, B: LabelSet>: LabelSet {
  /// The labels whose names come first.
  public let a: A
  /// Those behind them.
  public let b: B
  /// In the order of the names.
  @inlinable public init(_ a: A, _ b: B) {
    self.a = a
    self.b = b
  }
  public static var labelNames: [String] { A.labelNames + B.labelNames }
  public var labelValues: [String] { a.labelValues + b.labelValues }
  @inlinable public func forEachValue(_ body: (String) -> Void) {
    a.forEachValue(body)
    b.forEachValue(body)
  }
}

/// Of closed sets: a slot is mixed-radix arithmetic.
extension Pair: ClosedLabelSet where A: ClosedLabelSet, B: ClosedLabelSet {
  @inlinable public static var count: Int { A.count * B.count }
  @inlinable public var slot: Int { a.slot * B.count + b.slot }
  public static var slotBound: Int { max(A.slotBound - 1, 0) * B.count + B.slotBound }
  public static var isSound: Bool { A.isSound && B.isSound }
  public static func labelValues(at slot: Int) -> [String]? {
    guard let first = A.labelValues(at: slot / B.count), let second = B.labelValues(at: slot % B.count) else {
      return nil
    }
    return first + second
  }
}

/// Three label sets as one.
public struct Triple<A: LabelSet, B: LabelSet, C: LabelSet>: LabelSet {
  @usableFromInline let nested: Pair<A, Pair<B, C>>
  /// In the order of the names.
  @inlinable public init(_ a: A, _ b: B, _ c: C) { nested = Pair(a, Pair(b, c)) }
  public static var labelNames: [String] { Pair<A, Pair<B, C>>.labelNames }
  public var labelValues: [String] { nested.labelValues }
  @inlinable public func forEachValue(_ body: (String) -> Void) { nested.forEachValue(body) }
}

extension Triple: ClosedLabelSet where A: ClosedLabelSet, B: ClosedLabelSet, C: ClosedLabelSet {
  @inlinable public static var count: Int { Pair<A, Pair<B, C>>.count }
  @inlinable public var slot: Int { nested.slot }
  public static var slotBound: Int { Pair<A, Pair<B, C>>.slotBound }
  public static var isSound: Bool { Pair<A, Pair<B, C>>.isSound }
  public static func labelValues(at slot: Int) -> [String]? { Pair<A, Pair<B, C>>.labelValues(at: slot) }
}

/// Labels with names of their own (`.init(endpoint: …, status: …)`) over a combinator that does the work.
/// Key paths to their `Label` properties are what a PromQL selector takes.
public protocol CompositeLabels: ClosedLabelSet {
  /// The combinator: `Pair`, `Triple`, or one in the other.
  associatedtype Shape: ClosedLabelSet
  /// The values in the combinator's order. It is made at each record; `@inlinable` makes that cost nothing.
  var shape: Shape { get }
}

extension CompositeLabels {
  public static var labelNames: [String] { Shape.labelNames }
  public var labelValues: [String] { shape.labelValues }
  @inlinable public static var count: Int { Shape.count }
  @inlinable public var slot: Int { shape.slot }
  public static var slotBound: Int { Shape.slotBound }
  public static var isSound: Bool { Shape.isSound }
  public static func labelValues(at slot: Int) -> [String]? { Shape.labelValues(at: slot) }
}
