import Alerts
import PromQL
import Topology

/// Objects of the Prometheus Operator, from the values that `prometheus.yml` and the rule files are made of.
/// Format: the custom resource definitions of monitoring.coreos.com/v1, version 0.88 or newer
/// (https://prometheus-operator.dev/docs/api-reference/api/).
struct OperatorObjects {
  let stack: Stack

  static let apiVersion = "monitoring.coreos.com/v1"
  static let platform = "minimarket"
  /// The name of the port in every Service of ours.
  static let portName = "http"

  /// One `PrometheusRule` a rule file; a file without groups is none.
  /// - Parameter files: name of the rule file without its extension, and what is in it.
  func rules(_ files: [(name: String, yaml: YAML)]) -> [YAML] {
    files.compactMap { name, yaml in
      guard case .map(let entries) = yaml, let groups = entries.first(where: { $0.key == "groups" })?.value,
        groups != .list([])
      else { return nil }
      return [
        "apiVersion": .text(Self.apiVersion), "kind": "PrometheusRule", "metadata": metadata(name),
        "spec": ["groups": groups],
      ]
    }
  }

  func monitors() -> [YAML] { stack.scraped.compactMap(monitor) }

  private func monitor(_ process: PlatformProcess) -> YAML? {
    guard let job = process.job else { return nil }
    let limits = ScrapeLimits.of(process)
    let isOurs = process.role != .infrastructure
    return [
      "apiVersion": .text(Self.apiVersion), "kind": "ServiceMonitor", "metadata": metadata(process.name),
      "spec": .map(of: [
        "selector": ["matchLabels": labels(of: process.name)],
        "endpoints": [
          [
            "port": .text(Self.portName),
            "interval": .text(stack.compressed(AlertCase.interval).text),
            "scrapeTimeout": .text(stack.compressed(PrometheusConfiguration.timeout).text),
            // The rules' names, and not the Service's.
            "relabelings": [["targetLabel": "job", "replacement": .text(job.rawValue)]],
          ]
        ],
        "scrapeProtocols": isOurs ? .list(PrometheusConfiguration.protocols.map { .text($0) }) : nil,
        "scrapeNativeHistograms": isOurs ? true : nil,
        "scrapeClassicHistograms": isOurs ? true : nil,
        "sampleLimit": .number(limits.samples),
        "labelLimit": .number(limits.labels),
        "labelNameLengthLimit": .number(limits.labelNameBytes),
        "labelValueLengthLimit": .number(limits.labelValueBytes),
        "targetLimit": .number(limits.targets),
        "bodySizeLimit": .text(limits.bodySize),
      ]),
    ]
  }

  private func metadata(_ name: String) -> YAML { ["name": .text(name), "labels": labels(of: name)] }

  private func labels(of name: String) -> YAML {
    ["app.kubernetes.io/name": .text(name), "app.kubernetes.io/part-of": .text(Self.platform)]
  }

  /// What the committed files say of themselves, beside where they come from.
  static let advice = """
    Objetos de Prometheus Operator 0.88 o posterior. Las reglas enlazan con las etiquetas externas public_url y
    grafana_url: definilas en spec.externalLabels del objeto Prometheus.
    """
}
