import Alerts
import PromQL
import Topology

/// `prometheus.yml`: one scrape job a process of the topology that has one.
struct PrometheusConfiguration {
  let stack: Stack

  static let ruleFiles = "rules/*.yml"

  func yaml() -> YAML {
    let interval = YAML.text(stack.compressed(AlertCase.interval).text)
    return [
      "global": [
        "scrape_interval": interval,
        "scrape_timeout": .text(stack.compressed(10.s).text),
        "evaluation_interval": interval,
        "external_labels": .map(stack.externalLabels.map { .init(key: $0.label.rawValue, value: .text($0.value)) }),
      ],
      "alerting": [
        // They serve the rules' links; on an alert they would be noise.
        "alert_relabel_configs": [
          ["action": "labeldrop", "regex": "\(ExternalLabel.publicURL.rawValue)|\(ExternalLabel.grafanaURL.rawValue)"]
        ],
        "alertmanagers": [["static_configs": [target(Platform.alertmanager)]]],
      ],
      "rule_files": [.text(Self.ruleFiles)],
      "scrape_configs": .list(Platform.processes.compactMap(scrape)),
    ]
  }

  private func scrape(_ process: PlatformProcess) -> YAML? {
    guard let job = process.job else { return nil }
    let isOurs = process.role != .infrastructure
    let newer = stack.engine == .docker && isOurs
    return .map(of: [
      "job_name": .text(job.rawValue),
      // Debian's 2.42 would drop the classic buckets that the rules ask for; 3.x takes both.
      "scrape_native_histograms": newer ? true : nil,
      "always_scrape_classic_histograms": newer ? true : nil,
      "dns_sd_configs": isReplicated(process) ? [discovery(process)] : nil,
      "static_configs": isReplicated(process) ? nil : [target(process)],
    ])
  }

  /// Services scale in containers; every replica is asked, never a balancer.
  private func isReplicated(_ process: PlatformProcess) -> Bool {
    stack.engine == .docker && process.role == .service
  }

  private func discovery(_ process: PlatformProcess) -> YAML {
    ["names": [.text(process.name)], "type": "A", "port": .number(process.port.number), "refresh_interval": "15s"]
  }

  private func target(_ process: PlatformProcess) -> YAML { ["targets": [.text(stack.address(of: process))]] }
}

extension Stack {
  /// Labels of everything that leaves this Prometheus; the rules' links start with them.
  var externalLabels: [(label: ExternalLabel, value: String)] {
    let monitor = [(ExternalLabel.monitor, "minimarket"), (.publicURL, publicURL)]
    return grafanaURL.isEmpty ? monitor : monitor + [(.grafanaURL, grafanaURL)]
  }
}
