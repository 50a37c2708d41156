import Synchronization

/// From a label and its dimensions to the family and the values of a series. Code that makes its counter anew for each
/// request finds the names worked out already.
final class FamilyLookup<Instrument: Sendable>: Sendable {
  private struct Plan {
    let instrument: Instrument
    /// As the recording code writes them, in its order.
    let dimensionNames: [String]
    /// Where the family's labels, which are in the order of their names, find their values.
    let order: [Int]
  }

  private let plans = Mutex<[String: Plan]>([:])
  private let maximumLabels: Int
  private let dimension: @Sendable (String) -> String
  private let make: @Sendable (_ label: String, _ labelNames: [String]) -> Instrument?

  /// - Parameters:
  ///   - dimension: what a dimension's name is on the page.
  ///   - make: the instrument of a family; nil where it may not be.
  init(
    maximumLabels: Int, dimension: @escaping @Sendable (String) -> String,
    make: @escaping @Sendable (_ label: String, _ labelNames: [String]) -> Instrument?
  ) {
    self.maximumLabels = maximumLabels
    self.dimension = dimension
    self.make = make
  }

  /// nil where nothing may be recorded.
  func find(_ label: String, _ dimensions: [(String, String)]) -> (instrument: Instrument, values: [String])? {
    if let plan = plans.withLock({ $0[label] }), Self.matches(plan, dimensions) {
      return (plan.instrument, plan.order.map { dimensions[$0].1 })
    }
    let positions = Dictionary(
      dimensions.enumerated().map { (dimension($1.0), $0) }, uniquingKeysWith: { _, last in last })
    let sorted = positions.sorted { $0.key < $1.key }
    guard let instrument = make(label, sorted.map(\.key)) else { return nil }
    let plan = Plan(instrument: instrument, dimensionNames: dimensions.map(\.0), order: sorted.map(\.value))
    plans.withLock { plans in
      if plans.count < maximumLabels || plans[label] != nil { plans[label] = plan }
    }
    return (instrument, plan.order.map { dimensions[$0].1 })
  }

  private static func matches(_ plan: Plan, _ dimensions: [(String, String)]) -> Bool {
    guard plan.dimensionNames.count == dimensions.count else { return false }
    return zip(plan.dimensionNames, dimensions).allSatisfy { $0 == $1.0 }
  }
}
