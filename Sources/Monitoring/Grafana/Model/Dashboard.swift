/// A dashboard as a value; Grafana's JSON is made of it elsewhere.
package struct Dashboard: Sendable {
  /// Part of its address, hence of every link: never changes.
  package let uid: String
  package let title: String
  package let description: String
  package let tags: [String]
  /// What its reader can choose, in the order of the bar.
  package let variables: [DashboardVariable]
  package let annotations: [Annotation]
  /// With their places on the grid.
  package let rows: [Row]
  /// The file that declares it, from the repository's root.
  package let file: String

  package init(
    uid: String, title: String, description: String, tags: [String] = [Self.tag], variables: [DashboardVariable] = [],
    annotations: [Annotation] = [], rows: [Row], fileID: String = #fileID
  ) {
    self.uid = uid
    self.title = title
    self.description = description
    self.tags = tags
    self.variables = variables
    self.annotations = annotations
    var top = 0
    self.rows = rows.map { row in
      let placed = row.placed(atY: top)
      top = placed.bottom
      return placed
    }
    self.file = "Sources/Monitoring/\(fileID)"
  }

  package var panels: [Panel] { rows.flatMap(\.panels) }

  /// Every dashboard of ours, whatever it shows.
  package static let folder = "MiniMarket"
  package static let timeZone = "America/Argentina/Buenos_Aires"
  /// What the links from one dashboard to the others go by.
  package static let tag = "minimarket"
  /// The uids that provisioning gives the datasources.
  package static let prometheusUID = "prometheus"
  package static let lokiUID = "loki"
}
