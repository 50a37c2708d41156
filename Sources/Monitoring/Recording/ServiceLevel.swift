import PromQL

/// A promise to customers that is kept by most events and not by all: what may go wrong is a budget, and what it is
/// spent on is recorded over every window that an alert or a panel asks for, per job.
package struct ServiceLevel: Sendable {
  /// What is counted, as rates or states that are recorded every few seconds.
  package enum Indicator: Sendable {
    /// Requests per second of a job: the bad ones, and all of them.
    case requests(bad: Recording, all: Recording)
    /// 1 while a job works, 0 while it does not: time itself is the event.
    case time(good: Recording)
  }

  /// As it stands in the names of its recordings: `uptime`.
  package let name: String
  /// For panels, in Spanish.
  package let title: String
  /// What a bad event is, in Spanish: `un pedido contestado con 5xx`.
  package let badEvent: String
  /// Share of the events that must be good.
  package let objective: Double
  package let indicator: Indicator
  package let file: String

  /// What the budget is for.
  package static let window = 30.d
  /// Requests in a long window below which their share says nothing: one that fails at night is no burn. It is the
  /// minimum of HighErrorRate in its five minutes, and counts requests and not their rate, since many hours of few
  /// requests say as much as few minutes of many.
  package static let minimumRequests = 60

  package init(
    _ name: String, _ title: String, bad badEvent: String, objective: Double, indicator: Indicator,
    fileID: String = #fileID
  ) {
    self.name = name
    self.title = title
    self.badEvent = badEvent
    self.objective = objective
    self.indicator = indicator
    self.file = fileID
  }

  /// Share of the events that may be bad.
  package var budget: Double { Self.decimal(1 - objective) }

  /// Share of bad events at which the budget is spent so fast.
  package func threshold(of burn: BurnRate) -> Double { Self.decimal(burn.factor * budget) }

  /// Without the last bits that binary fractions leave, as a person writes the number.
  private static func decimal(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}

extension ServiceLevel {
  /// Share of bad events in a window. Of time it is exact: the mean of a state that is recorded at every evaluation.
  ///
  /// Of requests, windows longer than five minutes are made of the recorded five-minute rates, one or two series a job
  /// instead of one for each route, status and replica: three days of those every 15 s would cost more than all other
  /// rules. Sums of bad and of all are divided, so that a busy hour weighs what it should (a mean of ratios would weigh
  /// the night like the day). It is approximate at both ends, where what happened within five minutes of the edge
  /// counts in part, and where Prometheus did not evaluate it knows nothing.
  ///
  /// A job without requests has no share, hence burns nothing.
  package func badRatio(over window: Period) -> Recording {
    let text = window.text
    return Recording(
      "job:slo_\(name)_bad:ratio_rate\(text)", "Parte mala (\(badEvent)) de las últimas \(text), por servicio.",
      of: ratio(over: window), evaluated: window == Self.window ? .slowly : .always, fileID: file)
  }

  /// What is left of the budget of 30 days: 1 all, 0 none, below 0 overspent.
  package var budgetLeft: Recording {
    Recording(
      "job:slo_\(name)_budget:remaining\(Self.window.text)",
      "Parte que queda del presupuesto de 30 días (\(badEvent)); bajo cero, se gastó de más.",
      of: 1 - badRatio(over: Self.window) / Scalar(budget), evaluated: .slowly, fileID: file)
  }

  /// In the order in which they are evaluated.
  package var recordings: [Recording] {
    BurnRate.windows.map(badRatio) + [badRatio(over: Self.window), budgetLeft]
  }

  private func ratio(over window: Period) -> InstantVector {
    switch indicator {
    case .time(let good): share(of: good, over: window)
    case .requests(let bad, let all): share(of: bad, among: all, over: window)
    }
  }

  /// Before the first scrape a target is absent, that is bad, and on a fresh stack there is little else: a long window
  /// is measured once half of it is known, which is more than the short one beside it. Of the budget's window, what
  /// was before the first record counts as good.
  private func share(of good: Recording, over window: Period) -> InstantVector {
    let evaluations = Double(window.seconds / Recording.interval.seconds)
    if window == Self.window {
      return (countOverTime(good[window]) - sumOverTime(good[window])) / Scalar(evaluations)
    }
    let share = 1 - avgOverTime(good[window])
    return Self.isLong(window) ? share.and(countOverTime(good[window]) > Scalar(evaluations / 2)) : share
  }

  private func share(of bad: Recording, among all: Recording, over window: Period) -> InstantVector {
    if window == Recording.rateWindow { return bad / (all > 0) }
    let share = sumOverTime(bad[window]) / (sumOverTime(all[window]) > 0)
    if !Self.isLong(window) { return share }
    return share.and(avgOverTime(all[window]) * Scalar(Double(window.seconds)) > Scalar(Double(Self.minimumRequests)))
  }

  /// Whether somebody is called for what it shows; a short window only says that it still goes on.
  private static func isLong(_ window: Period) -> Bool {
    window == Self.window || BurnRate.all.contains { $0.long == window }
  }
}
