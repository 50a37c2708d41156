import Topology

/// `loki-config.yml` for one Loki 3.7 that is everything at once and keeps its data on a disk.
/// Format: "Grafana Loki configuration parameters" (docs/sources/shared/configuration.md of grafana/loki).
struct LokiConfiguration {
  let stack: Stack

  static let directory = "/loki"
  /// As Prometheus' own.
  static let retentionDays = 30

  func yaml() -> YAML {
    [
      // Nobody but our network reaches it.
      "auth_enabled": false,
      "server": [
        "http_listen_port": .number(stack.number(of: .loki)), "grpc_listen_port": 9096, "log_level": "warn",
        "log_format": "json",
      ],
      "common": [
        "path_prefix": .text(Self.directory), "instance_addr": "127.0.0.1", "replication_factor": 1,
        "ring": ["kvstore": ["store": "inmemory"]],
        "storage": [
          "filesystem": [
            "chunks_directory": "\(Self.directory)/chunks",
            // Stays empty: who calls somebody is Prometheus alone.
            "rules_directory": "\(Self.directory)/rules",
          ]
        ],
      ],
      "schema_config": ["configs": [schema]],
      "limits_config": LokiLimits.yaml,
      "ingester": [
        "wal": [
          "enabled": true, "dir": "\(Self.directory)/wal",
          // A quarter of the container's memory: past it, it flushes while it replays.
          "replay_memory_ceiling": .text("\(Platform.loki.limits.memoryBytes >> 22)MB"),
        ]
      ],
      "compactor": [
        "working_directory": "\(Self.directory)/compactor",
        // Both, or nothing is ever deleted.
        "retention_enabled": true, "delete_request_store": "filesystem",
        "compaction_interval": "10m", "retention_delete_delay": "2h", "retention_delete_worker_count": 20,
      ],
      "query_range": [
        "align_queries_with_step": true,
        "results_cache": ["cache": ["embedded_cache": ["enabled": true, "max_size_mb": 64]]],
      ],
      "analytics": ["reporting_enabled": false],
    ]
  }

  /// Structured metadata needs version 13 and this index.
  private var schema: YAML {
    [
      "from": "2025-01-01", "store": "tsdb", "object_store": "filesystem", "schema": "v13",
      "index": ["prefix": "index_", "period": "24h"],
    ]
  }
}

/// What Loki takes in and gives out, for its only tenant.
enum LokiLimits {
  /// Twelve jobs at seven levels, and ten replicas of each, come to 840 streams.
  static let streams = 2_000
  /// Our push cuts there too (TelemetryLoki's `maximumLineBytes`).
  static let lineKibibytes = 256
  /// The three of ours, and room for two that somebody adds on purpose.
  static let labels = LogCollection.labels.count + 2
  /// Ours are four.
  static let metadataEntries = 16

  static var yaml: YAML {
    [
      "retention_period": "\(LokiConfiguration.retentionDays * 24)h",
      "max_query_lookback": "\(LokiConfiguration.retentionDays * 24)h",
      // A whole platform logs some KB a second; a batch after an outage is 1 MiB, from each process.
      "ingestion_rate_mb": 8, "ingestion_burst_size_mb": 32,
      "per_stream_rate_limit": "5MB", "per_stream_rate_limit_burst": "20MB",
      "max_global_streams_per_user": .number(streams),
      "max_line_size": "\(lineKibibytes)KB", "max_line_size_truncate": true,
      "max_label_names_per_series": .number(labels), "max_label_name_length": 64, "max_label_value_length": 256,
      "allow_structured_metadata": true, "max_structured_metadata_size": "16KB",
      "max_structured_metadata_entries_count": .number(metadataEntries),
      // They would add a label `service_name` and guess a level where the line has one.
      "discover_service_name": [], "discover_log_levels": false,
      // What a process kept on its disk while Loki was away is older than now.
      "reject_old_samples": true, "reject_old_samples_max_age": "\(7 * 24)h", "creation_grace_period": "10m",
      "max_entries_limit_per_query": 5000, "max_query_series": 500, "query_timeout": "1m", "volume_enabled": true,
    ]
  }
}
