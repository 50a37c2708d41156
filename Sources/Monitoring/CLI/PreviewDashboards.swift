import ArgumentParser
import Foundation
import Grafana
import Preview

/// `observability preview`: each dashboard as a picture, for whoever has no Grafana at hand.
struct PreviewDashboards: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Draw dashboards as SVG from what a Prometheus holds.")

  @OptionGroup var source: PrometheusOption

  @Option(help: "The uid of the dashboard to draw.")
  var dashboard: String?

  @Flag(help: "Draw every dashboard.")
  var all = false

  @Option(help: "The directory that gets <uid>.svg.")
  var output: String

  func validate() throws {
    if all == (dashboard != nil) { throw ValidationError("say either --dashboard UID or --all") }
  }

  func run() async throws {
    let chosen = Dashboards.all.filter { all || $0.uid == dashboard }
    if chosen.isEmpty {
      let uids = Dashboards.all.map(\.uid).joined(separator: ", ")
      throw ValidationError("there is no dashboard \(dashboard ?? ""); there are \(uids)")
    }
    let reader = source.reader()
    var refused: [String] = []
    for dashboard in chosen {
      let data = try await reader.data(of: dashboard)
      let picture = DashboardPicture(dashboard, data: data, range: reader.range)
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
      let path = "\(output)/\(dashboard.uid).svg"
      try Data(picture.svg().utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      print(path)
      for panel in dashboard.panels {
        if let refusal = data[panel.id]?.refusal { refused.append("\(dashboard.uid)/\(panel.id): \(refusal)") }
      }
    }
    if refused.isEmpty { return }
    throw Refused(description: "Prometheus refused what these panels ask:\n\(refused.joined(separator: "\n"))")
  }

  /// The pictures are there, and show it too.
  private struct Refused: Error, CustomStringConvertible { let description: String }
}
