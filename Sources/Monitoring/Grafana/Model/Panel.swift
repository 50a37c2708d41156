import PromQL

/// One picture of one question.
package struct Panel: Sendable {
  /// Unique in its dashboard, and kept for ever: links to a panel and diffs of the JSON rest on it.
  package let id: Int
  package let title: String
  /// What it shows, and when to worry.
  package let description: String
  package let place: Place
  package let style: Style
  package let unit: DisplayUnit
  package let thresholds: [Threshold]
  package let mappings: [ValueMapping]
  package let queries: [Query]

  package init(
    id: Int, _ title: String, description: String, at place: Place, style: Style, unit: DisplayUnit,
    thresholds: [Threshold] = [], mappings: [ValueMapping] = [], queries: [Query]
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.place = place
    self.style = style
    self.unit = unit
    self.thresholds = thresholds
    self.mappings = mappings
    self.queries = queries
  }

  /// On Grafana's grid of 24 columns.
  package struct Place: Sendable, Hashable {
    package let x, y, width, height: Int
    package init(x: Int, y: Int, width: Int, height: Int) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
    package func overlaps(_ other: Self) -> Bool {
      x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
  }

  package enum Style: Sendable {
    /// The newest value, large, one tile a series.
    case stat
    case timeSeries
  }
}

/// Grafana's identifier of a unit.
package enum DisplayUnit: String, Sendable {
  case none
  case requestsPerSecond = "reqps"
  /// 0 to 100.
  case percent
  case milliseconds = "ms"
}

/// From this value on, this colour.
package struct Threshold: Sendable {
  package let from: Double
  package let color: Color
  package init(from: Double, _ color: Color) {
    self.from = from
    self.color = color
  }
}

/// Grafana's named colours.
package enum Color: String, Sendable { case green, yellow, orange, red, blue }

/// A value as a word.
package struct ValueMapping: Sendable {
  package let value: Int
  package let text: String
  package let color: Color
  package init(_ value: Int, as text: String, _ color: Color) {
    self.value = value
    self.text = text
    self.color = color
  }
}

/// What a panel asks Prometheus.
package struct Query: Sendable {
  package let expression: InstantVector
  package let legend: Legend

  package init(_ expression: some Vector, legend: Legend) {
    self.expression = expression.vector
    self.legend = legend
  }

  /// What a series is called.
  package enum Legend: Sendable {
    case label(LabelName)
    case text(String)

    package var format: String {
      switch self {
      case .label(let label): "{{\(label.text)}}"
      case .text(let text): text
      }
    }
  }
}
