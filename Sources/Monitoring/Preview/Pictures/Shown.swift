import Grafana

/// One series of a panel as it is drawn: its name, its colour, its values.
struct Shown {
  let name: String
  let query: Query
  let series: QueriedSeries
  /// Of a line or a slice; values may have colours of their own.
  let color: String

  /// The series of a panel in the order of its queries, each with the next colour of the palette.
  static func all(of data: PanelData) -> [Shown] {
    var index = 0
    return data.answers.flatMap { answer in
      answer.series.map { series in
        let color = answer.query.look.color.map(Theme.color) ?? Theme.series(index)
        if answer.query.look.color == nil { index += 1 }
        return Shown(name: series.name(by: answer.query.legend), query: answer.query, series: series, color: color)
      }
    }
  }
}

extension Panel {
  /// A value as this panel writes it: as a word, where it has one for it.
  func text(_ value: Double?, of query: Query? = nil) -> String {
    guard let value else { return "–" }
    if let word = mapping(of: value) { return word.text }
    return unitText(of: query).text(value)
  }

  func unitText(of query: Query? = nil) -> UnitText { UnitText(unit: query?.look.unit ?? unit, decimals: decimals) }

  func mapping(of value: Double) -> ValueMapping? { mappings.first { Double($0.value) == value } }

  /// By its word, else by the last threshold that it reaches.
  func color(of value: Double?) -> Color {
    guard let value, !value.isNaN else { return .text }
    return mapping(of: value)?.color ?? thresholds.last { value >= $0.from }?.color ?? baseColor
  }
}
