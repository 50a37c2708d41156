import Topology

/// What is collected of the containers' logs, and how: the one declaration that Promtail's and Alloy's configuration
/// are two renderings of.
///
/// Labels are few, since each combination is a stream of its own: `job` as Prometheus has it, `level`, `instance`. What
/// tells requests apart is structured metadata. Our JSON: Sources/Telemetry/Telemetry/Logs/JSONLine.swift.
enum LogCollection {
  static let dockerSocket = "unix:///var/run/docker.sock"
  static let refreshSeconds = 5

  /// Every label of a stream.
  static let labels = ["job", "level", "instance"]
  /// As our own push sends it (TelemetryLoki's `structuredMetadataKeys`).
  static let structuredMetadata = ["logger", "request_id", "trace_id", "span_id"]
  /// What is read of a line of JSON: the time goes into the entry's own, the level into a label.
  static let fields = ["time", "level"] + structuredMetadata
  static let timeField = "time"
  /// RFC 3339 with a fraction, under the name that Go's clients have for it.
  static let timeFormat = "RFC3339Nano"

  /// Prometheus and its kin say `warn` where ours say `warning`. Text lines have no level and get no label.
  static let levelTemplate = #"{{ if eq .Value "warn" }}warning{{ else }}{{ ToLower .Value }}{{ end }}"#

  /// A container carries this label where its process pushes its logs itself (compose sets it from `LOKI_URL`): read
  /// here too, every line would be there twice.
  static let pushedLabel = "minimarket.logs.pushed"
  static let pushedMetaLabel = metaLabel(pushedLabel)
  static let serviceMetaLabel = metaLabel("com.docker.compose.service")
  static let containerMetaLabel = "__meta_docker_container_name"

  /// The compose service of every process, and its job; one that Prometheus does not scrape is named as its service.
  static var jobs: [(service: String, job: String)] {
    (Platform.processes + Platform.containerProcesses).map { ($0.name, $0.job?.rawValue ?? $0.name) }
  }

  /// Where a container's log is read from, and what it is called.
  static var rules: [Rule] {
    [
      Rule(source: serviceMetaLabel, matching: jobs.map(\.service).joined(separator: "|"), .keep),
      Rule(source: pushedMetaLabel, matching: "true", .drop),
      Rule(source: serviceMetaLabel, matching: "(.+)", .replace(label: "job", with: "$1")),
    ]
      + jobs.filter { $0.service != $0.job }.map {
        Rule(source: serviceMetaLabel, matching: $0.service, .replace(label: "job", with: $0.job))
      } + [Rule(source: containerMetaLabel, matching: "/(.+)", .replace(label: "instance", with: "$1"))]
  }

  /// A relabelling rule (https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config).
  struct Rule {
    enum Action {
      case keep, drop
      case replace(label: String, with: String)
    }
    let source: String
    let regex: String
    let action: Action

    init(source: String, matching regex: String, _ action: Action) {
      self.source = source
      self.regex = regex
      self.action = action
    }
  }

  static func pushURL(in stack: Stack) -> String { "http://\(stack.address(of: Platform.loki))/loki/api/v1/push" }

  /// Docker's discovery writes every character that a label cannot have as `_`.
  private static func metaLabel(_ label: String) -> String {
    "__meta_docker_container_label_" + String(label.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }
}

/// The bounds of a batch on its way to Loki, and of the patience with one that does not get there.
enum LogBatch {
  static let maximumBytes = 1 << 20
  static let maximumWaitSeconds = 1
  static let minimumBackoffMilliseconds = 500
  static let maximumBackoffMinutes = 5
  /// Half an hour of trying; after it, the batch is dropped.
  static let maximumAttempts = 16
}
