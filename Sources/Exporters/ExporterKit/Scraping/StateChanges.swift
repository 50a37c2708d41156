/// Tells a change from a repetition, so that a problem that lasts is one log line and not one a scrape.
package struct StateChanges: Sendable {
  package enum Change: Equatable {
    case none
    /// It works for the first time, or again.
    case works(again: Bool)
    /// It fails, or fails in another way.
    case fails
  }

  /// The category of the last failure, nil for a success.
  private var last: [String: String?] = [:]

  package init() {}

  /// - Parameter category: of the failure; nil where there is none.
  package mutating func note(_ subject: String, _ category: String?) -> Change {
    let before = last.updateValue(category, forKey: subject)
    switch (before, category) {
    case (nil, nil): return .works(again: false)
    case (.some(nil), nil): return .none
    case (.some(.some), nil): return .works(again: true)
    case (.some(let before), let category) where before == category: return .none
    default: return .fails
    }
  }
}
