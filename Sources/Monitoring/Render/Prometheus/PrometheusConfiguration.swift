import Alerts
import PromQL
import Topology

/// `prometheus.yml`: one scrape job a process of the topology that has one.
struct PrometheusConfiguration {
  let stack: Stack
  var remoteWrite: RemoteWrite? = nil

  static let ruleFiles = "rules/*.yml"
  static let timeout = 10.s

  func yaml() -> YAML {
    let interval = YAML.text(stack.compressed(AlertCase.interval).text)
    return .map(of: [
      "global": [
        "scrape_interval": interval,
        "scrape_timeout": .text(stack.compressed(Self.timeout).text),
        "evaluation_interval": interval,
        "external_labels": .map(
          stack.externalLabels.map { .init(key: $0.label.rawValue, value: .text(expandable($0.label) ?? $0.value)) }),
      ],
      "alerting": [
        // They serve the rules' links; on an alert they would be noise.
        "alert_relabel_configs": [
          ["action": "labeldrop", "regex": "\(ExternalLabel.publicURL.rawValue)|\(ExternalLabel.grafanaURL.rawValue)"]
        ],
        "alertmanagers": [["static_configs": [target(Platform.alertmanager)]]],
      ],
      "rule_files": [.text(Self.ruleFiles)],
      "scrape_configs": .list(stack.scraped.compactMap(scrape)),
      "remote_write": remoteWrite.map { [$0.yaml(for: stack.engine)] },
    ])
  }

  /// Prometheus 3 reads the links' bases from its own environment, so that what is committed serves any address
  /// (https://prometheus.io/docs/prometheus/latest/migration/: `expand-external-labels` is always on).
  private func expandable(_ label: ExternalLabel) -> String? {
    guard stack.engine == .docker else { return nil }
    switch label {
    case .publicURL: return "${\(Variables.publicURL.name)}"
    case .grafanaURL: return "${\(Variables.grafanaURL.name)}"
    case .monitor: return nil
    }
  }

  private func scrape(_ process: PlatformProcess) -> YAML? {
    guard let job = process.job else { return nil }
    let isOurs = process.role != .infrastructure
    let newer = stack.engine == .docker && isOurs
    let limits = ScrapeLimits.of(process)
    return .map(of: [
      "job_name": .text(job.rawValue),
      // Debian's 2.42 would drop the classic buckets that the rules ask for; 3.x takes both.
      "scrape_native_histograms": newer ? true : nil,
      "always_scrape_classic_histograms": newer ? true : nil,
      "scrape_protocols": newer ? .list(Self.protocols.map { .text($0) }) : nil,
      "sample_limit": .number(limits.samples),
      "label_limit": .number(limits.labels),
      "label_name_length_limit": .number(limits.labelNameBytes),
      "label_value_length_limit": .number(limits.labelValueBytes),
      "target_limit": .number(limits.targets),
      "body_size_limit": .text(limits.bodySize),
      "dns_sd_configs": isReplicated(process) ? [discovery(process)] : nil,
      "static_configs": isReplicated(process) ? nil : [target(process)],
    ])
  }

  /// Native histograms travel in protobuf alone.
  static let protocols = ["PrometheusProto", "OpenMetricsText1.0.0", "OpenMetricsText0.0.1", "PrometheusText0.0.4"]

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
  /// Whoever this stack's Prometheus may ask.
  var scraped: [PlatformProcess] {
    engine == .docker ? Platform.processes + Platform.containerProcesses : Platform.processes
  }

  /// Labels of everything that leaves this Prometheus; the rules' links start with them.
  var externalLabels: [(label: ExternalLabel, value: String)] {
    let monitor = [(ExternalLabel.monitor, "minimarket"), (.publicURL, publicURL)]
    return grafanaURL.isEmpty ? monitor : monitor + [(.grafanaURL, grafanaURL)]
  }
}
