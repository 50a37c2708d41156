import MetricModel
import PromQL

/// An expression that Prometheus computes once at every evaluation and keeps under a name of its own: for what several
/// rules and panels ask, and for what looks back further than a query should.
package struct Recording: Sendable {
  /// `level:metric:operation` (https://prometheus.io/docs/practices/rules/).
  package let name: String
  /// What a value of it is, in Spanish.
  package let help: String
  package let expression: InstantVector
  package let pace: Pace
  /// The file that declares it, from the repository's root.
  package let file: String

  /// Prometheus' evaluation interval.
  package static let interval = 15.s
  /// What the shortest recorded rates look back on.
  package static let rateWindow = 5.m

  /// How often it is evaluated.
  package enum Pace: Sendable, CaseIterable {
    /// As often as everything.
    case always
    /// What looks back over weeks and changes little in a minute.
    case slowly

    /// nil: that of Prometheus. Less than the five minutes in which Prometheus still takes a sample for the present.
    package var interval: Period? {
      switch self {
      case .always: nil
      case .slowly: 2.m
      }
    }
  }

  package init(
    _ name: String, _ help: String, of expression: some Vector, evaluated pace: Pace = .always,
    fileID: String = #fileID
  ) {
    self.name = name
    self.help = help
    self.expression = expression.vector
    self.pace = pace
    self.file = "Sources/Monitoring/\(fileID)"
  }

  /// The recorded series as a family; nobody exports it.
  package var family: FamilyDescriptor {
    FamilyDescriptor(name: name, help: help, kind: .gauge, labelNames: [])
  }

  /// What the rule recorded, with the labels of its expression.
  package var selection: Selection<Gauge, NoLabels> {
    Selection(recorded: family, labels: expression.dimensions)
  }

  package func callAsFunction<V: Label>(
    _ label: TargetLabel<V>, _ matcher: Matcher<V>
  ) -> Selection<Gauge, NoLabels> { selection(label, matcher) }

  package subscript(_ length: Period) -> RangeVector<Gauge> { selection[length] }
  package subscript(_ window: Window) -> RangeVector<Gauge> { selection[window] }
}

extension Recording: Vector {
  package var vector: InstantVector { selection.vector }
}
