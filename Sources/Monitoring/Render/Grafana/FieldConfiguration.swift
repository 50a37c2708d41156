import Grafana

/// Units, colours, thresholds, scales and links of a panel's values, and where one query differs.
struct FieldConfiguration {
  let panel: Panel

  func json() throws -> JSON {
    switch panel.style {
    case .logs, .text: ["defaults": [:], "overrides": []]
    default: ["defaults": .object(defaults), "overrides": .list(overrides)]
    }
  }

  private var defaults: [JSON.Entry] {
    let base: JSON = ["color": .text(panel.baseColor.rawValue), "value": nil]
    let steps = panel.thresholds.map { ["color": .text($0.color.rawValue), "value": .number($0.from)] as JSON }
    var entries: [JSON.Entry] = [
      .init(key: "unit", value: .text(panel.unit.rawValue)),
      .init(key: "color", value: ["mode": isColoredByThresholds ? "thresholds" : "palette-classic"]),
      .init(key: "mappings", value: panel.mappings.isEmpty ? [] : [mappings]),
      .init(key: "thresholds", value: ["mode": "absolute", "steps": .list([base] + steps)]),
      .init(key: "links", value: panel.linksToLogs ? [ExploreLink.logsOfSeries] : []),
      .init(key: "custom", value: custom),
    ]
    if let decimals = panel.decimals { entries.append(.init(key: "decimals", value: .number(Double(decimals)))) }
    if let scale = panel.scale {
      entries.append(.init(key: "min", value: .number(scale.lowerBound)))
      if scale.upperBound.isFinite { entries.append(.init(key: "max", value: .number(scale.upperBound))) }
    }
    return entries
  }

  private var isColoredByThresholds: Bool {
    switch panel.style {
    case .stat, .gauge, .barGauge, .stateTimeline, .table: true
    case .pieChart, .timeSeries, .stackedAreas, .bars, .logs, .text: false
    }
  }

  /// What the plugin draws with.
  private var custom: JSON {
    switch panel.style {
    case .timeSeries: lines(draw: "line", fill: 10, stacking: "none")
    case .stackedAreas: lines(draw: "line", fill: 40, stacking: "normal")
    case .bars: lines(draw: "bars", fill: 80, stacking: "normal")
    case .stateTimeline: ["fillOpacity": 70, "lineWidth": 0]
    case .table: ["align": "auto", "cellOptions": ["type": "auto"], "inspect": false]
    case .stat, .gauge, .barGauge, .pieChart, .logs, .text: [:]
    }
  }

  private func lines(draw: JSON, fill: JSON, stacking: JSON) -> JSON {
    [
      "drawStyle": draw, "lineInterpolation": "linear", "lineWidth": draw == "bars" ? 1 : 2, "fillOpacity": fill,
      "gradientMode": "none", "showPoints": "never", "spanNulls": false, "axisPlacement": "auto",
      "axisSoftMin": 0, "stacking": ["mode": stacking, "group": "A"],
      "thresholdsStyle": ["mode": panel.thresholds.isEmpty ? "off" : "dashed"],
    ]
  }

  private var mappings: JSON {
    let options = panel.mappings.enumerated().map { index, mapping in
      JSON.Entry(
        key: String(mapping.value),
        value: [
          "text": .text(mapping.text), "color": .text(mapping.color.rawValue), "index": .number(Double(index)),
        ])
    }
    return ["type": "value", "options": .object(options)]
  }

  private var overrides: [JSON] {
    zip(QueryReference.all, panel.queries).compactMap { reference, query in
      let properties = Self.properties(of: query.look)
      return properties.isEmpty
        ? nil : ["matcher": ["id": "byFrameRefID", "options": .text(reference)], "properties": .list(properties)]
    }
  }

  private static func properties(of look: Query.Look) -> [JSON] {
    var properties: [JSON] = []
    if let unit = look.unit { properties.append(["id": "unit", "value": .text(unit.rawValue)]) }
    if let color = look.color {
      properties.append(["id": "color", "value": ["mode": "fixed", "fixedColor": .text(color.rawValue)]])
    }
    if look.isOnRight { properties.append(["id": "custom.axisPlacement", "value": "right"]) }
    if look.isDashed {
      properties.append(["id": "custom.lineStyle", "value": ["fill": "dash", "dash": [10, 10]]])
      properties.append(["id": "custom.fillOpacity", "value": 0])
      properties.append(["id": "custom.stacking", "value": ["mode": "none", "group": "A"]])
    }
    if look.isMirrored { properties.append(["id": "custom.transform", "value": "negative-Y"]) }
    return properties
  }
}
