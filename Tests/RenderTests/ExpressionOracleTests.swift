import Alerts
import Grafana
import PromQL
import Recording
import Render
import TestSupport
import Testing

/// Every expression that leaves this repository, as Prometheus itself reads it.
struct ExpressionOracleTests {
  private static var expressions: [InstantVector] {
    let runbooks = Alerts.all.map(\.runbook)
    let commands = runbooks.flatMap(\.diagnosis).map(\.command) + runbooks.flatMap(\.verify).compactMap(\.command)
    let asked = commands.compactMap { if case .instantQuery(let expression) = $0 { expression } else { nil } }
    return Recordings.all.map(\.expression) + Alerts.all.map(\.expression) + asked
  }

  /// As Grafana sends them: its intervals and the reader's choices put in.
  private static var panels: [String] {
    get throws {
      let events = Dashboards.all.flatMap { $0.annotations.map(\.expression) + $0.variables.map(\.source) }
      let asked = Dashboards.questions.map(\.query) + events.map { Query($0, legend: "") }
      return try asked.map { try $0.text(interval: 1.m, range: 6.h, variables: ["servicio": "(a|b)"]) }
    }
  }

  @Test func prometheusReadsThemAndWritesThemTheSame() async throws {
    let server = try await PrometheusServer.start()
    for text in try Self.expressions.map({ try $0.rendered() }) + Self.panels {
      #expect(!text.contains("$"))
      let formatted = try await server.formatted(text)
      #expect(formatted.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
      #expect(try await server.formatted(formatted) == formatted)
      _ = try await server.data(of: "/api/v1/query", ["query": text])
    }
    try await server.stop()
  }

  /// Prometheus loads the local rendering's rules and has no complaint about them.
  @Test func prometheusLoadsTheRules() async throws {
    let directory = try TemporaryDirectory("rules")
    for file in try Committed.files() where file.path.contains("prometheus/rules/minimarket") {
      _ = try directory.write(file.contents, to: String(file.path.split(separator: "/").last ?? ""))
    }
    let rules = directory.file("*.yml")
    let server = try await PrometheusServer.start(configuration: "rule_files: ['\(rules)']\n")
    let data = try await server.data(of: "/api/v1/rules") as? [String: Any]
    let groups = data?["groups"] as? [[String: Any]] ?? []
    let names = groups.flatMap { $0["rules"] as? [[String: Any]] ?? [] }.compactMap { $0["name"] as? String }
    #expect(Set(names) == Set(Alerts.all.map(\.name) + Recordings.all.map(\.name)))
    try await server.stop()
  }
}
