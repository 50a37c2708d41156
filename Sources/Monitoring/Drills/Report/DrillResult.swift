/// What became of one alert's drill.
package struct DrillResult: Sendable {
  /// In the order in which they are waited for; the first three since the fault began, the others since the remedy.
  package enum Moment: String, Sendable, CaseIterable {
    case pending
    case firing
    case delivered
    case runbook
    case resolved
    case told
  }

  package enum Remedy: String, Sendable {
    /// By the steps of its runbook.
    case runbook
    /// The runbook has no command for it.
    case drill
  }

  package let alert: String
  /// Seconds until each.
  package internal(set) var moments: [Moment: Double] = [:]
  /// Commands that showed the fault, and only the fault.
  package internal(set) var commands = 0
  package internal(set) var remedy: Remedy?
  /// Why it failed, the first reason.
  package internal(set) var failure: String?

  package init(alert: String) { self.alert = alert }
}

/// Keeps the time of a drill and says how far it is.
actor DrillProgress {
  private(set) var result: DrillResult
  private var start = ContinuousClock.now
  private let say: @Sendable (String) -> Void

  init(_ alert: String, say: @escaping @Sendable (String) -> Void) {
    result = DrillResult(alert: alert)
    self.say = say
  }

  var hasFailed: Bool { result.failure != nil }

  func start(_ what: String) {
    start = .now
    say("\(result.alert): \(what)")
  }

  func reach(_ moment: DrillResult.Moment, commands: Int = 0) {
    let seconds = start.duration(to: .now).seconds
    result.moments[moment] = seconds
    result.commands += commands
    say("\(result.alert): \(moment.rawValue) after \(seconds.tenths) s")
  }

  func mend(by remedy: DrillResult.Remedy) { result.remedy = remedy }

  func add(commands: Int) { result.commands += commands }

  func fail(_ error: any Error) {
    let reason = error is CancellationError ? "interrupted" : "\(error)"
    if result.failure == nil { result.failure = reason }
    say("\(result.alert): FAILED: \(reason)")
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension Double {
  /// With one decimal.
  var tenths: String {
    let tenths = Int((self * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
