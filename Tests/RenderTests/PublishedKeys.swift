/// The keys that the consumers of what Debian does not package read: from their documentation, by section.
enum PublishedKeys {
  /// "Grafana Loki configuration parameters", and the blocks of it that the paths name.
  static let loki: [String: Set<String>] = [
    // Supported contents and default values of loki.yaml
    "": [
      "target", "auth_enabled", "ballast_bytes", "server", "distributor", "querier", "query_scheduler", "frontend",
      "query_range", "ruler", "ingester_client", "ingester", "pattern_ingester", "index_gateway", "storage_config",
      "chunk_store_config", "schema_config", "compactor", "compactor_client", "limits_config", "frontend_worker",
      "table_manager", "memberlist", "runtime_config", "operational_config", "tracing", "analytics", "common",
      "shutdown_delay",
    ],
    // server
    "server": [
      "http_listen_address", "http_listen_port", "grpc_listen_address", "grpc_listen_port", "log_format", "log_level",
      "http_server_read_timeout", "http_server_write_timeout", "http_path_prefix",
    ],
    // common
    "common": [
      "path_prefix", "storage", "persist_tokens", "replication_factor", "ring", "instance_interface_names",
      "instance_addr", "compactor_address", "compactor_grpc_address",
    ],
    "common.ring": ["kvstore", "heartbeat_period", "heartbeat_timeout"],
    "common.ring.kvstore": ["store", "prefix", "consul", "etcd", "multi"],
    "common.storage": ["s3", "gcs", "azure", "swift", "filesystem", "hedging"],
    "common.storage.filesystem": ["chunks_directory", "rules_directory"],
    // schema_config, period_config
    "schema_config": ["configs"],
    "schema_config.configs": ["from", "store", "object_store", "schema", "index", "chunks", "row_shards"],
    "schema_config.configs.index": ["path_prefix", "prefix", "period", "tags"],
    // limits_config
    "limits_config": [
      "ingestion_rate_strategy", "ingestion_rate_mb", "ingestion_burst_size_mb", "max_label_name_length",
      "max_label_value_length", "max_label_names_per_series", "reject_old_samples", "reject_old_samples_max_age",
      "creation_grace_period", "max_line_size", "max_line_size_truncate", "increment_duplicate_timestamp",
      "discover_service_name", "discover_log_levels", "max_streams_per_user", "max_global_streams_per_user",
      "per_stream_rate_limit", "per_stream_rate_limit_burst", "max_chunks_per_query", "max_query_series",
      "max_query_lookback", "max_query_length", "max_query_range", "max_query_parallelism", "cardinality_limit",
      "max_entries_limit_per_query", "query_timeout", "split_queries_by_interval", "volume_enabled",
      "volume_max_series", "deletion_mode", "retention_period", "retention_stream", "allow_structured_metadata",
      "max_structured_metadata_size", "max_structured_metadata_entries_count",
    ],
    // ingester
    "ingester": ["lifecycler", "chunk_idle_period", "chunk_target_size", "max_chunk_age", "wal", "flush_check_period"],
    "ingester.wal": [
      "enabled", "dir", "checkpoint_duration", "flush_on_shutdown", "replay_memory_ceiling", "disk_full_threshold",
    ],
    // compactor
    "compactor": [
      "working_directory", "compaction_interval", "apply_retention_interval", "retention_enabled",
      "retention_delete_delay", "retention_delete_worker_count", "retention_table_timeout", "delete_request_store",
      "delete_request_store_key_prefix", "delete_batch_size", "max_compaction_parallelism",
    ],
    // query_range, cache_config
    "query_range": [
      "align_queries_with_step", "results_cache", "cache_results", "max_retries", "parallelise_shardable_queries",
    ],
    "query_range.results_cache": ["cache", "compression"],
    "query_range.results_cache.cache": ["default_validity", "background", "memcached", "redis", "embedded_cache"],
    "query_range.results_cache.cache.embedded_cache": ["enabled", "max_size_mb", "max_size_items", "ttl"],
    // analytics
    "analytics": ["reporting_enabled", "usage_stats_url", "proxy_url"],
  ]

  /// "Configure Promtail", and the page of each stage.
  static let promtail: [String: Set<String>] = [
    "": [
      "global", "server", "clients", "positions", "scrape_configs", "limits_config", "target_config", "options",
      "tracing",
    ],
    "server": [
      "disable", "http_listen_address", "http_listen_port", "grpc_listen_address", "grpc_listen_port", "log_level",
    ],
    "positions": ["filename", "sync_period", "ignore_invalid_yaml"],
    "clients": [
      "url", "headers", "tenant_id", "batchwait", "batchsize", "basic_auth", "oauth2", "bearer_token",
      "bearer_token_file", "proxy_url", "tls_config", "backoff_config", "drop_rate_limited_batches",
      "external_labels", "timeout",
    ],
    "clients.backoff_config": ["min_period", "max_period", "max_retries"],
    "limits_config": [
      "readline_rate_enabled", "readline_rate", "readline_burst", "readline_rate_drop", "max_streams",
      "max_line_size", "max_line_size_truncate",
    ],
    "scrape_configs": [
      "job_name", "pipeline_stages", "decompression", "journal", "encoding", "syslog", "relabel_configs",
      "static_configs", "file_sd_configs", "kubernetes_sd_configs", "docker_sd_configs",
    ],
    "scrape_configs.docker_sd_configs": [
      "host", "tls_config", "port", "host_networking_host", "filters", "refresh_interval",
    ],
    "scrape_configs.relabel_configs": [
      "source_labels", "separator", "target_label", "regex", "modulus", "replacement", "action",
    ],
    "scrape_configs.pipeline_stages": [
      "docker", "cri", "regex", "json", "template", "match", "timestamp", "output", "labels", "limit", "metrics",
      "tenant", "replace", "labelallow", "labeldrop", "drop", "structured_metadata",
    ],
    "scrape_configs.pipeline_stages.json": ["expressions", "source", "drop_malformed"],
    "scrape_configs.pipeline_stages.template": ["source", "template"],
    "scrape_configs.pipeline_stages.timestamp": [
      "source", "format", "fallback_formats", "location", "action_on_failure",
    ],
  ]

  /// Names that the operator of the file chooses: below these, any key goes.
  static let promtailOpen: Set = [
    "scrape_configs.pipeline_stages.json.expressions", "scrape_configs.pipeline_stages.labels",
    "scrape_configs.pipeline_stages.structured_metadata",
  ]

  /// Alloy's reference, a page a component: the arguments and blocks of each.
  static let alloy: [String: Set<String>] = [
    "discovery.docker": ["host", "port", "host_networking_host", "refresh_interval", "filter", "match_first_network"],
    "discovery.relabel": ["targets", "rule"],
    "rule": ["action", "modulus", "regex", "replacement", "separator", "source_labels", "target_label"],
    "loki.source.docker": ["host", "targets", "forward_to", "labels", "relabel_rules", "refresh_interval", "client"],
    "loki.process": [
      "forward_to", "stage.json", "stage.template", "stage.labels", "stage.structured_metadata", "stage.timestamp",
      "stage.label_keep", "stage.drop", "stage.match", "stage.limit",
    ],
    "stage.json": ["expressions", "source", "drop_malformed"],
    "stage.template": ["source", "template"],
    "stage.labels": ["values"],
    "stage.structured_metadata": ["values", "regex"],
    "stage.timestamp": ["source", "format", "fallback_formats", "location", "action_on_failure"],
    "stage.label_keep": ["values"],
    "loki.write": ["external_labels", "max_streams", "endpoint", "wal"],
    "endpoint": [
      "url", "batch_size", "batch_wait", "bearer_token_file", "bearer_token", "enable_http2", "follow_redirects",
      "headers", "max_backoff_period", "max_backoff_retries", "min_backoff_period", "name", "remote_timeout",
      "retry_on_http_429", "tenant_id", "authorization", "basic_auth", "queue_config", "tls_config",
    ],
  ]

  /// The Prometheus Operator's API reference, monitoring.coreos.com/v1: PrometheusRule, ServiceMonitor, Endpoint.
  static let kubernetes: [String: Set<String>] = [
    "": ["apiVersion", "kind", "metadata", "spec"],
    "metadata": ["name", "namespace", "labels", "annotations"],
    // PrometheusRuleSpec and ServiceMonitorSpec
    "spec": [
      "groups", "jobLabel", "targetLabels", "podTargetLabels", "endpoints", "selector", "selectorMechanism",
      "namespaceSelector", "sampleLimit", "scrapeProtocols", "fallbackScrapeProtocol", "targetLimit",
      "scrapeNativeHistograms", "scrapeClassicHistograms", "nativeHistogramBucketLimit",
      "nativeHistogramMinBucketFactor", "convertClassicHistogramsToNHCB", "labelLimit", "labelNameLengthLimit",
      "labelValueLengthLimit", "keepDroppedTargets", "attachMetadata", "scrapeClass", "bodySizeLimit",
    ],
    "spec.selector": ["matchLabels", "matchExpressions"],
    "spec.endpoints": [
      "port", "targetPort", "path", "scheme", "params", "interval", "scrapeTimeout", "tlsConfig", "honorLabels",
      "honorTimestamps", "metricRelabelings", "relabelings", "followRedirects", "enableHttp2",
    ],
    "spec.endpoints.relabelings": [
      "sourceLabels", "separator", "targetLabel", "regex", "modulus", "replacement", "action",
    ],
    // RuleGroup
    "spec.groups": ["name", "interval", "rules", "partial_response_strategy", "limit", "query_offset", "labels"],
    // Rule
    "spec.groups.rules": ["record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations"],
  ]

  static let kubernetesOpen: Set = [
    "metadata.labels", "spec.selector.matchLabels", "spec.groups.rules.labels", "spec.groups.rules.annotations",
  ]

  /// The keys of a decoded document that its consumer does not know, as paths.
  static func unknown(
    in document: Any, known: [String: Set<String>], open: Set<String> = [], at path: String = ""
  ) -> [String] {
    if open.contains(path) { return [] }
    if let list = document as? [Any] { return list.flatMap { unknown(in: $0, known: known, open: open, at: path) } }
    guard let map = document as? [String: Any] else { return [] }
    return map.flatMap { key, value in
      let place = path.isEmpty ? key : "\(path).\(key)"
      guard let keys = known[path], keys.contains(key) else { return [place] }
      return unknown(in: value, known: known, open: open, at: place)
    }
  }
}
