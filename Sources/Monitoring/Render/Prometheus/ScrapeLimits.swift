import Topology

/// What Prometheus takes of one scrape at the most; past it the whole scrape counts as failed, so that a label that
/// explodes costs its own target and not the Prometheus of everybody.
/// Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
struct ScrapeLimits: Equatable {
  let samples: Int
  let targets: Int
  let labels = 32
  let labelNameBytes = 128
  /// A container's `id` is a path of some hundred bytes; our exporters cut what could be longer.
  let labelValueBytes = 1024
  let bodyMebibytes: Int

  /// With the unit that Prometheus and its operator both read.
  var bodySize: String { "\(bodyMebibytes)MB" }

  /// More targets than `targets` and none of the job is scraped: an update has the old one beside the new.
  private init(samples: Int, targets: Int = 5, bodyMebibytes: Int = 4) {
    self.samples = samples
    self.targets = targets
    self.bodyMebibytes = bodyMebibytes
  }

  /// How much room a limit leaves over what its process exports on a fresh platform, at the least. Below it, growth that
  /// is nobody's mistake would cost a target.
  static let margin = 5
  /// Of a service.
  static let replicas = 50
  /// Machines of a cluster, each with its node-exporter.
  static let machines = 200

  /// | process | samples of a fresh one | grows with |
  /// |---|---|---|
  /// | service | 800 | routes × statuses, each with a histogram that docker's Prometheus takes twice |
  /// | node-exporter | 750; 3,000 on the upstream project's fixtures | processors, disks, containers |
  /// | postgres-exporter | 900 | databases and tables |
  /// | redis-exporter | 350 | commands |
  /// | Prometheus, Alertmanager | 300 to 700 | rules, receivers |
  /// | Grafana, Loki, Promtail | 2,000 at the most | handlers |
  static func of(_ process: PlatformProcess) -> ScrapeLimits {
    switch process.name {
    case Platform.nodeExporter.name: ScrapeLimits(samples: 20_000, targets: machines, bodyMebibytes: 8)
    case Platform.postgresExporter.name: ScrapeLimits(samples: 20_000, bodyMebibytes: 8)
    case _ where process.role == .service: ScrapeLimits(samples: 10_000, targets: replicas)
    case Platform.grafana.name, Platform.loki.name: ScrapeLimits(samples: 10_000)
    default: ScrapeLimits(samples: 5_000)
    }
  }
}
