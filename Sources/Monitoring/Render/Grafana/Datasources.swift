import Alerts
import Grafana
import PromQL
import Topology

/// The two datasources that every panel and link names, with the ways between them: from an exemplar and from a log
/// line to all lines of the same trace or request.
/// Format: Grafana's "Provision Grafana", "Configure the Prometheus data source", "Configure the Loki data source".
struct Datasources {
  let stack: Stack

  func prometheus() -> YAML {
    file([
      "name": "Prometheus", "uid": .text(Dashboard.prometheusUID), "type": "prometheus", "access": "proxy",
      "url": "http://\(stack.address(of: Platform.prometheus))",
      "isDefault": true, "editable": false,
      "jsonData": [
        // What $__rate_interval is made of: never less than four scrapes.
        "timeInterval": .text(AlertCase.interval.text), "httpMethod": "POST", "prometheusType": "Prometheus",
        "exemplarTraceIdDestinations": [
          [
            "name": "trace_id", "urlDisplayLabel": "Líneas de log de esta traza",
            "url": .text(Self.explore(linesWith: "trace_id")),
          ]
        ],
      ],
    ])
  }

  func loki() -> YAML {
    file([
      "name": "Loki", "uid": .text(Dashboard.lokiUID), "type": "loki", "access": "proxy",
      "url": "http://\(stack.address(of: Platform.loki))",
      "isDefault": false, "editable": false,
      "jsonData": [
        "maxLines": 1000, "timeout": 60,
        "derivedFields": .list([
          derived("request_id", "Todas las líneas de este pedido"),
          derived("trace_id", "Todas las líneas de esta traza"),
        ]),
      ],
    ])
  }

  private func file(_ datasource: YAML) -> YAML { ["apiVersion": 1, "prune": true, "datasources": [datasource]] }

  /// Both are structured metadata, hence labels of the line and no text to look for.
  private func derived(_ label: String, _ title: String) -> YAML {
    [
      "name": .text(label), "matcherType": "label", "matcherRegex": .text(label), "urlDisplayLabel": .text(title),
      "url": .text(Self.explore(linesWith: label)),
    ]
  }

  /// Explore, asking Loki for every line of a value. The doubled `$` is provisioning's way to write one.
  static func explore(linesWith label: String) -> String {
    ExploreLink.address(of: "{job=~\".+\"} | \(label)=`${__value.raw}`", from: "now-24h", to: "now")
      .replacing("${", with: "$${")
  }
}
