import PromQL

/// Both sides of a threshold: from a level to series that measure it. Two cases are made of it, one just within the
/// threshold that never fires, one just past it that fires when the alert's duration is over and not a step earlier.
package struct Boundary: Sendable {
  /// What is measured, in Spanish: `la parte de los pedidos contestada con 5xx`.
  package let title: String
  /// The level next to the threshold at which nobody is called: the threshold itself where the comparison is strict.
  package let silent: Double
  /// The level just past it.
  package let fires: Double
  /// When the expression first has a value: 0, or one step later where it needs two samples.
  package let begins: Period
  /// The labels of the alert that fires, without those that the rule adds.
  package let labels: [LabelName: String]
  /// The alert's value at a level; the level itself, where nothing is said.
  package let value: @Sendable (_ level: Double) -> Double
  /// The series that are at a level for so long, from the start.
  package let series: @Sendable (_ level: Double, _ length: Period) -> [SampledSeries]

  package init(
    of title: String, silentAt silent: Double, firesAt fires: Double, begins: Period = 0.s,
    labels: [LabelName: String], value: @escaping @Sendable (_ level: Double) -> Double = { $0 },
    series: @escaping @Sendable (_ level: Double, _ length: Period) -> [SampledSeries]
  ) {
    self.title = title
    self.silent = silent
    self.fires = fires
    self.begins = begins
    self.labels = labels
    self.value = value
    self.series = series
  }

  func cases(for duration: Period) -> [AlertCase] {
    let due = begins + duration
    let length = due + due + 2.m
    var fired: [AlertCase.Check] = [.fires(at: due, labels, value: value(fires))]
    // Without a duration there is no moment between the first value and the alert.
    if due > begins { fired.insert(.silent(at: due - AlertCase.interval), at: 0) }
    return [
      AlertCase(
        "\(title): \(silent.promQL) no alcanza", given: series(silent, length),
        expect: [.silent(at: due), .silent(at: due + due)]),
      AlertCase("\(title): \(fires.promQL) alcanza", given: series(fires, length), expect: fired),
    ]
  }
}
