import Alerts
import Foundation
import Grafana
import PromQL
import Routing
import TestSupport
import Testing

@testable import Render

/// Bad input: what `generate` and `check` refuse, with the name of the declaration.
struct MistakeTests {
  private func refusal(_ mistakes: [String]) -> String {
    do {
      _ = try Committed.files(refusing: mistakes)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func thereIsNone() {
    #expect(Linter.mistakes() == [])
    #expect(refusal([]) == "")
  }

  @Test func aUidThatIsThereTwiceIsRefused() {
    let twice = Linter.mistakes(dashboards: Dashboards.all + [Dashboards.systemOverview])
    #expect(refusal(twice) == "minimarket-system-overview is the uid of two dashboards")
  }

  @Test func anAlertWithoutASectionIsRefused() {
    let anchors = Alerts.all.map(\.section).filter { $0 != "RedisDown" }
    #expect(
      refusal(Linter.mistakes(anchors: anchors))
        == "Sources/Monitoring/Alerts/RedisDown.swift: RedisDown: the book has no section RedisDown")
  }

  @Test func aSectionWithoutAnAlertIsRefused() {
    let anchors = Alerts.all.map(\.section) + ["Gone"]
    #expect(
      refusal(Linter.mistakes(anchors: anchors)) == "RESPONDING_TO_ALERTS.md: section Gone: no alert has it")
  }

  /// The model with one thing changed.
  private func changed(
    when expression: InstantVector = Alerts.highErrorRate.expression, for duration: Period = 5.m,
    severity: Severity = .critical
  ) -> [String] {
    let model = Alerts.highErrorRate
    let alert = Alert(
      model.name, when: expression, for: duration, severity: severity, symptom: model.symptom,
      subject: model.subject, texts: model.texts, dashboard: model.dashboard, runbook: model.runbook,
      cases: model.cases, drill: model.drill, fileID: "Alerts/HighErrorRate.swift")
    return Linter.mistakes(alerts: Alerts.all.map { $0.name == model.name ? alert : $0 })
  }

  @Test func numbersOtherThanTheGuidesAreRefused() {
    let place = "Sources/Monitoring/Alerts/HighErrorRate.swift: HighErrorRate: "
    #expect(changed() == [])
    #expect(changed(for: 10.m) == [place + "it waits 10m, and the guide says 5m"])
    #expect(changed(severity: .high) == [place + "its severity is high, and the guide's is critical"])
    let ratio = Alerts.serviceDown.expression
    #expect(changed(when: ratio > 0.06) == [place + "no comparison has the guide's number: > 5.0 %"])
    #expect(changed(when: ratio < 0.05) == [place + "no comparison has the guide's number: > 5.0 %"])
    #expect(changed(when: ratio > 5) == [])
  }

  @Test func noneOfTheSixteenIsForgotten() {
    #expect(Guide.alerts.count == 16 && Set(Guide.alerts.map(\.name)).count == 16)
    let withoutRedis = Alerts.all.filter { $0.name != "RedisDown" }
    #expect(
      Linter.mistakes(alerts: withoutRedis) == ["RedisDown: the guide promises it, and nobody declares it"])
  }

  /// Each breaks the templates that we send; amtool agrees.
  @Test(arguments: [
    ("{{- end }}", "", "has no end"),
    ("| toUpper }}", "| toUpper }", "an action does not end"),
    ("| toUpper", "| upper", "there is no function upper"),
    ("{{ else }}{{ .CommonLabels", "{{ end }}{{ else }}{{ .CommonLabels", "an else without an if"),
    ("{{ template \"minimarket.alerta\"", "{{ template \"minimarket.alarma\"", "no template minimarket.alarma"),
  ])
  func aBrokenTemplateIsRefused(_ correct: String, _ broken: String, _ complaint: String) async throws {
    let templates = SlackMessage.templates.replacing(correct, with: broken, maxReplacements: 1)
    #expect(templates != SlackMessage.templates)
    let message = refusal(Linter.mistakes(templates: templates))
    #expect(message.hasPrefix("Sources/Monitoring/Routing/SlackMessage.swift: "), "\(message)")
    #expect(message.contains(complaint), "\(message)")

    let directory = try TemporaryDirectory("template")
    let file = try directory.write(templates, to: "x.tmpl")
    let verdict = try await Subprocess.run([
      "/usr/bin/amtool", "template", "render", "--template.glob", file, "--template.text",
      "{{ template \"minimarket.titulo\" . }}{{ template \"minimarket.mensaje\" . }}",
    ])
    #expect(verdict.status != 0, "amtool takes it: \(verdict.standardOutput)")
  }

  @Test func whatIsNoJSONIsRefused() throws {
    let panel = Panel(
      id: 1, "t", description: "d", width: 12, height: 8, .timeSeries, unit: .percent,
      thresholds: [Threshold(from: .nan, .red)], queries: [Query(Alerts.redisDown.expression, legend: .label(.job))])
    let dashboard = Dashboard(
      uid: "u", title: "t", description: "d", rows: [Row(id: 100, "r", [panel])], fileID: "Grafana/Broken.swift")
    let message = refusal(Linter.mistakes(dashboards: [dashboard]))
    #expect(message.hasPrefix("Sources/Monitoring/Grafana/Broken.swift: u: $.panels[1]"), "\(message)")
    #expect(message.hasSuffix("nan is no JSON number"))
    #expect(
      JSON.object([.init(key: "a", value: 1), .init(key: "a", value: 2)]).problems == ["$: the key a is there twice"])
    for file in try Committed.files() where file.path.hasSuffix(".json") {
      _ = try JSONSerialization.jsonObject(with: Data(file.contents.utf8))
    }
  }
}
