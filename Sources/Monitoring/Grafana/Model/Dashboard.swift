/// A dashboard as a value; Grafana's JSON is made of it elsewhere.
package struct Dashboard: Sendable {
  /// Part of its address, hence of every link: never changes.
  package let uid: String
  package let title: String
  package let description: String
  package let tags: [String]
  package let panels: [Panel]
  /// The file that declares it, from the repository's root.
  package let file: String

  package init(
    uid: String, title: String, description: String, tags: [String], panels: [Panel], fileID: String = #fileID
  ) {
    self.uid = uid
    self.title = title
    self.description = description
    self.tags = tags
    self.panels = panels
    self.file = "Sources/Monitoring/\(fileID)"
  }

  /// Every dashboard of ours, whatever it shows.
  package static let folder = "MiniMarket"
  package static let timeZone = "America/Argentina/Buenos_Aires"
  /// The uid that provisioning gives the datasource.
  package static let prometheusUID = "prometheus"
}
