import Alerts
import Grafana
import PromQL
import Topology

/// What makes a fresh Grafana show our dashboards.
struct Provisioning {
  let stack: Stack

  /// Where the container finds `observability/grafana/dashboards`.
  static let dashboardsDirectory = "/etc/grafana/dashboards"

  func datasources() -> YAML {
    [
      "apiVersion": 1,
      "prune": true,
      "datasources": [
        [
          "name": "Prometheus",
          "uid": .text(Dashboard.prometheusUID),
          "type": "prometheus",
          "access": "proxy",
          "url": "http://\(stack.address(of: Platform.prometheus))",
          "isDefault": true,
          "editable": false,
          // The first is what $__rate_interval is made of: never less than four scrapes.
          "jsonData": ["timeInterval": .text(AlertCase.interval.text), "httpMethod": "POST"],
        ]
      ],
    ]
  }

  func dashboards() -> YAML {
    [
      "apiVersion": 1,
      "providers": [
        [
          "name": "minimarket",
          "orgId": 1,
          "folder": .text(Dashboard.folder),
          "folderUid": "minimarket",
          "type": "file",
          "disableDeletion": true,
          "allowUiUpdates": false,
          "updateIntervalSeconds": 30,
          "options": ["path": .text(Self.dashboardsDirectory)],
        ]
      ],
    ]
  }
}
