import Grafana
import Topology

/// What makes a fresh Grafana show our dashboards.
struct Provisioning {
  /// Where the container finds `observability/grafana/dashboards`.
  static let dashboardsDirectory = "/etc/grafana/dashboards"

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
