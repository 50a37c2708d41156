import Grafana

/// One series of an answer of Prometheus: a single point of an instant query, one a step of a range.
package struct QueriedSeries: Sendable, Equatable {
  package struct Point: Sendable, Equatable {
    /// Since the epoch.
    package let seconds: Double
    package let value: Double
    package init(seconds: Double, value: Double) {
      self.seconds = seconds
      self.value = value
    }
  }

  /// With `__name__`, where the expression leaves it.
  package let labels: [String: String]
  package let points: [Point]

  package init(labels: [String: String], points: [Point]) {
    self.labels = labels
    self.points = points
  }

  /// Grafana's `lastNotNull`: the last value that is a number.
  package var newest: Double? { points.last { !$0.value.isNaN }?.value }

  /// What the panel calls it; as Prometheus writes it, where the legend has nothing to say.
  package func name(by legend: Legend) -> String {
    let name = legend.text(for: labels)
    return name.isEmpty ? notation : name
  }

  /// `name{label="value"}`.
  package var notation: String {
    let pairs = labels.filter { $0.key != "__name__" }.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
    return (labels["__name__"] ?? "") + "{\(pairs.joined(separator: ", "))}"
  }
}

/// What a panel's queries were answered.
package struct PanelData: Sendable {
  package struct Answer: Sendable {
    package let query: Query
    /// The expression as it was sent.
    package let expression: String
    package let series: [QueriedSeries]
    /// Why Prometheus refused it.
    package let refusal: String?

    package init(query: Query, expression: String, series: [QueriedSeries], refusal: String? = nil) {
      self.query = query
      self.expression = expression
      self.series = series.sorted {
        ($0.name(by: query.legend), $0.notation) < ($1.name(by: query.legend), $1.notation)
      }
      self.refusal = refusal
    }
  }

  package let answers: [Answer]
  package init(_ answers: [Answer]) { self.answers = answers }

  package var refusal: String? { answers.lazy.compactMap(\.refusal).first }
}
