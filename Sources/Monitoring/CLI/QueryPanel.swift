import ArgumentParser
import Foundation
import Grafana
import Preview
import Render

/// `observability query`: what a panel asks, and what the answer is right now.
struct QueryPanel: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask a Prometheus what a panel asks, and print its series.")

  @Argument(help: "The panel, as dashboard-uid/panel-id or by its title.")
  var panel: String

  @OptionGroup var source: PrometheusOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let found = try PanelSearch.panel(panel, in: Dashboards.all)
    if found.panel.queries.isEmpty { throw ValidationError("\(found.address) asks Prometheus nothing") }
    let data = try await source.reader().data(of: found.panel, in: found.dashboard, isOverTime: false)
    let report = PanelReport(found.panel, in: found.dashboard, data: data)
    print(json ? Self.json(found, data).rendered : report.text, terminator: "")
    if data.refusal != nil { throw ExitCode.failure }
  }

  private static func json(_ found: PanelSearch.Found, _ data: PanelData) -> JSON {
    [
      "panel": .text(found.address), "title": .text(found.panel.title),
      "queries": .list(data.answers.map(json)),
    ]
  }

  private static func json(_ answer: PanelData.Answer) -> JSON {
    [
      "expression": .text(answer.expression), "error": answer.refusal.map { .text($0) } ?? nil,
      "series": .list(
        answer.series.map { series in
          [
            "name": .text(series.name(by: answer.query.legend)),
            "labels": .object(
              series.labels.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .text($0.value)) }),
            // JSON has no number that is none: as Prometheus itself, a text.
            "value": series.newest.map { $0.isFinite ? .number($0) : .text("\($0)") } ?? "NaN",
          ]
        }),
    ]
  }
}
