import Alerts
import PromQL
import Topology

/// `rules/tests/<alert>.yml` for `promtool test rules`: the cases of an alert, with every label and text that it sends.
struct RuleTests {
  let stack: Stack

  func yaml(of alert: Alert) -> YAML {
    let names = RuleFiles.names.filter { !(alert.casesTellRecordings && $0 == RuleFiles.recordingFile) }
    return [
      "rule_files": .list(names.map { "../\($0)" }),
      "group_eval_order": .list(RuleFiles.groups.map { .text($0) }),
      "evaluation_interval": .text(AlertCase.interval.text),
      "tests": .list(alert.cases.map { test($0, of: alert) }),
    ]
  }

  private func test(_ story: AlertCase, of alert: Alert) -> YAML {
    [
      "name": .text(story.title),
      "interval": .text(AlertCase.interval.text),
      "external_labels": .map(stack.externalLabels.map { .init(key: $0.label.rawValue, value: .text($0.value)) }),
      "input_series": .list(story.series.map { ["series": .text($0.notation), "values": .text($0.values)] }),
      "alert_rule_test": .list(story.checks.map { check($0, of: alert) }),
    ]
  }

  private func check(_ check: AlertCase.Check, of alert: Alert) -> YAML {
    [
      "eval_time": .text(check.at.text),
      "alertname": .text(alert.name),
      "exp_alerts": .list(check.firing.map { expectation(of: alert, for: $0) }),
    ]
  }

  private func expectation(of alert: Alert, for firing: AlertCase.Firing) -> YAML {
    var labels = Dictionary(uniqueKeysWithValues: firing.labels.map { ($0.key.text, $0.value) })
    let external = Dictionary(uniqueKeysWithValues: stack.externalLabels.map { ($0.label.rawValue, $0.value) })
    let annotations = alert.annotations(in: stack).map {
      YAML.Entry(key: $0.name, value: .text($0.text.expanded(labels: labels, external: external, value: firing.value)))
    }
    let added = alert.labels.map { ($0.name, $0.value.expanded(labels: labels, external: external)) }
    labels.merge(added) { $1 }
    let sorted = labels.sorted { $0.key < $1.key }.map { YAML.Entry(key: $0.key, value: .text($0.value)) }
    return ["exp_labels": .map(sorted), "exp_annotations": .map(annotations)]
  }
}

extension SampledSeries {
  fileprivate var notation: String {
    "\(name){\(labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ","))}"
  }
}
