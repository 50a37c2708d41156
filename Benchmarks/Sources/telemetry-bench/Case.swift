/// One piece of work that can be measured. Its peer has the same name and does the same.
struct Case: Sendable {
  /// Does as many operations, and says how long they took, in nanoseconds.
  typealias Work = (_ operations: Int) throws(CaseError) -> Int

  let name: String
  /// Builds what the work needs; not timed.
  let prepare: @Sendable () -> Work

  init(_ name: String, _ prepare: @escaping @Sendable () -> Work) {
    self.name = name
    self.prepare = prepare
  }

  static let all =
    Limits.cases + Counters.cases + Lookups.cases + Histograms.cases + Scrapes.cases + Logs.cases + Requests.cases
}

/// The work was not done as it should have been, so that its time means nothing.
struct CaseError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
