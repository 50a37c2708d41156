import Alerts
import Recording
import Routing
import Topology

/// What both engines' renderings share: Prometheus' and Alertmanager's files, relative to one directory.
struct MonitoringFiles {
  let stack: Stack
  let channels: [Channel]
  let alerts: [Alert]
  var remoteWrite: RemoteWrite? = nil

  func prometheus() throws -> [RenderedFile] {
    let configuration = PrometheusConfiguration(stack: stack, remoteWrite: remoteWrite)
    let password = remoteWrite?.password.map {
      RenderedFile(path: "prometheus/\(RemoteWrite.passwordFile)", contents: $0, isSecret: true)
    }
    return try [
      file(
        "prometheus/prometheus.yml", configuration.yaml(), from: "Sources/Model/Topology",
        isSecret: remoteWrite != nil)
    ] + ruleFiles().map { try file("prometheus/rules/\($0.name).yml", $0.yaml, from: $0.source) }
      + (password.map { [$0] } ?? [])
  }

  /// What is recorded first, and then a file a group of alerts.
  private func ruleFiles() throws -> [(name: String, yaml: YAML, source: String)] {
    let recordings = try RuleFiles.recordings(Recordings.all, on: stack)
    return try [(RuleFiles.recordingGroup, recordings, "Sources/Monitoring/Recording")]
      + RuleGroup.allCases.map {
        (
          $0.rawValue, try AlertRules(stack: stack, group: $0, alerts: alerts).yaml(), "Sources/Monitoring/Alerts"
        )
      }
  }

  /// The same rules and scrapes for who runs the Prometheus Operator.
  func kubernetes() throws -> [RenderedFile] {
    let objects = OperatorObjects(stack: stack)
    func stream(_ name: String, _ documents: [YAML], from source: String) throws -> RenderedFile {
      let header = Generated.header(from: source) + "\n" + OperatorObjects.advice
      return RenderedFile(
        path: "kubernetes/\(name).yml", contents: try YAMLStream.rendered(documents, header: header))
    }
    return [
      try stream(
        "prometheus-rules", objects.rules(try ruleFiles().map { ($0.name, $0.yaml) }), from: "Sources/Monitoring/Alerts"
      ),
      try stream("service-monitors", objects.monitors(), from: "Sources/Model/Topology"),
    ]
  }

  func ruleTests() throws -> [RenderedFile] {
    let tests = RuleTests(stack: stack)
    return try alerts.map {
      try file("prometheus/rules/tests/\($0.name).yml", tests.yaml(of: $0), from: $0.file)
    }
  }

  func alertmanager() throws -> [RenderedFile] {
    let holdsAddress = channels.contains { if case .pageAt = $0 { true } else { false } }
    let configuration = AlertmanagerConfiguration(
      stack: stack, routing: Routing(channels: channels, alerts: alerts))
    return [
      try file(
        "alertmanager/alertmanager.yml", configuration.yaml(), from: "Sources/Monitoring/Routing",
        isSecret: holdsAddress),
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
