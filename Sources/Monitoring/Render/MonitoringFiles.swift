import Alerts
import Recording
import Routing
import Topology

/// What both engines' renderings share: Prometheus' and Alertmanager's files, relative to one directory.
struct MonitoringFiles {
  let stack: Stack
  let channels: [Channel]
  let alerts: [Alert]

  func prometheus() throws -> [RenderedFile] {
    try [
      file(
        "prometheus/prometheus.yml", PrometheusConfiguration(stack: stack).yaml(), from: "Sources/Model/Topology"),
      file(
        "prometheus/rules/\(RuleFiles.recordingGroup).yml", RuleFiles.recordings(Recordings.all),
        from: "Sources/Monitoring/Recording"),
    ]
      + RuleGroup.allCases.map {
        try file(
          "prometheus/rules/\($0.rawValue).yml", AlertRules(stack: stack, group: $0, alerts: alerts).yaml(),
          from: "Sources/Monitoring/Alerts")
      }
  }

  func ruleTests() throws -> [RenderedFile] {
    let tests = RuleTests(stack: stack)
    return try alerts.map {
      try file("prometheus/rules/tests/\($0.name).yml", tests.yaml(of: $0), from: $0.file)
    }
  }

  func alertmanager() throws -> [RenderedFile] {
    let routing = Routing(channels: channels, alerts: alerts)
    let problems = routing.problems(among: alerts) + SlackMessage.problems(of: SlackMessage.templates)
    guard problems.isEmpty else { throw RenderingError(problems.joined(separator: "\n")) }
    let configuration = AlertmanagerConfiguration(stack: stack, routing: routing)
    return [
      try file(
        "alertmanager/alertmanager.yml", configuration.yaml(), from: "Sources/Monitoring/Routing",
        isSecret: channels.contains(where: \.isSecret)),
      RenderedFile(
        path: "alertmanager/templates/\(AlertmanagerConfiguration.templateName)",
        contents: "{{/*\n\(Generated.header(from: "Sources/Monitoring/Routing"))\n*/}}\n\(SlackMessage.templates)"),
    ]
  }

  func file(_ path: String, _ yaml: YAML, from source: String, isSecret: Bool = false) throws -> RenderedFile {
    RenderedFile(
      path: path, contents: try yaml.rendered(header: Generated.header(from: source)), isSecret: isSecret)
  }
}
