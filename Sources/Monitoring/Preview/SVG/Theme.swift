import Grafana

/// The colours of a dark Grafana (grafana/grafana `packages/grafana-data/src/themes`), so that a picture is recognized.
enum Theme {
  static let canvas = "#111217"
  static let panel = "#181b1f"
  static let border = "#2a2d33"
  static let grid = "#2a2e35"
  static let empty = "#24272d"
  static let text = "#d5d6df"
  static let muted = "#8f93a0"
  static let onColor = "#ffffff"
  static let fonts = "system-ui, sans-serif"

  /// What series are coloured with, in this order and then again.
  static let palette = [
    "#73bf69", "#f2cc0c", "#8ab8ff", "#ff9830", "#f2495c", "#5794f2", "#b877d9", "#5ac8c8", "#c4162a", "#e0b400",
    "#96d98d", "#ca95e5",
  ]

  static func series(_ index: Int) -> String { palette[index % palette.count] }

  static func color(_ color: Color) -> String {
    switch color {
    case .green: "#73bf69"
    case .yellow: "#f2cc0c"
    case .orange: "#ff9830"
    case .red: "#f2495c"
    case .blue: "#5794f2"
    case .purple: "#b877d9"
    default: text
    }
  }

  /// Darker, so that white text on it can be read.
  static func background(_ color: Color) -> String {
    switch color {
    case .green: "#37872d"
    case .yellow: "#a17c00"
    case .orange: "#b85c00"
    case .red: "#b3192f"
    case .blue: "#1f60c4"
    case .purple: "#7c3fa3"
    default: "#3a3e46"
    }
  }
}
