import Topology

/// `promtail-config.yml` for Promtail 3.x, which reached its end of life in 2026: `config.alloy` is its successor.
/// Format: Grafana's "Configure Promtail" and its pages on the stages of a pipeline.
struct PromtailConfiguration {
  let stack: Stack

  func yaml() -> YAML {
    [
      // Port 0 of gRPC: any free one, since nobody asks there.
      "server": [
        "http_listen_port": .number(stack.number(of: .promtail)), "grpc_listen_port": 0, "log_level": "warn",
      ],
      "positions": ["filename": "/var/lib/promtail/positions.yaml"],
      "clients": [
        [
          "url": .text(LogCollection.pushURL(in: stack)),
          "batchwait": "\(LogBatch.maximumWaitSeconds)s",
          "batchsize": .number(LogBatch.maximumBytes),
          "backoff_config": [
            "min_period": "\(LogBatch.minimumBackoffMilliseconds)ms",
            "max_period": "\(LogBatch.maximumBackoffMinutes)m",
            "max_retries": .number(LogBatch.maximumAttempts),
          ],
        ]
      ],
      "limits_config": [
        "max_line_size": "\(LokiLimits.lineKibibytes)KB", "max_line_size_truncate": true,
      ],
      "scrape_configs": [containers],
    ]
  }

  private var containers: YAML {
    [
      "job_name": "contenedores",
      "docker_sd_configs": [
        ["host": .text(LogCollection.dockerSocket), "refresh_interval": "\(LogCollection.refreshSeconds)s"]
      ],
      "relabel_configs": .list(LogCollection.rules.map(rule)),
      "pipeline_stages": .list(stages),
    ]
  }

  private func rule(_ rule: LogCollection.Rule) -> YAML {
    let condition: YAML = ["source_labels": [.text(rule.source)], "regex": .text(rule.regex)]
    guard case .map(let entries) = condition else { return condition }
    switch rule.action {
    case .keep: return .map(entries + [.init(key: "action", value: "keep")])
    case .drop: return .map(entries + [.init(key: "action", value: "drop")])
    case .replace(let label, let value):
      return .map(
        entries + [.init(key: "target_label", value: .text(label)), .init(key: "replacement", value: .text(value))])
    }
  }

  private var stages: [YAML] {
    [
      ["json": ["expressions": named(LogCollection.fields)]],
      ["template": ["source": "level", "template": .text(LogCollection.levelTemplate)]],
      ["labels": named(["level"])],
      ["structured_metadata": named(LogCollection.structuredMetadata)],
      [
        "timestamp": [
          "source": .text(LogCollection.timeField), "format": .text(LogCollection.timeFormat),
          "action_on_failure": "fudge",
        ]
      ],
      ["labelallow": .list(LogCollection.labels.map { .text($0) })],
    ]
  }

  private func named(_ fields: [String]) -> YAML { .map(fields.map { .init(key: $0, value: .text($0)) }) }
}
