import Telemetry

/// Where and how records are pushed to Loki, or to what speaks its push API.
public struct LokiConfiguration: Sendable {
  /// How a batch is written.
  public enum Format: Sendable {
    /// Protobuf (`logproto.PushRequest`) in Snappy's block format.
    case protobuf
    /// Loki's JSON, for receivers that read no protobuf: larger, and not compressed.
    case json
  }

  /// Which records outlive a process that is killed.
  public enum Durability: Sendable {
    /// Each hand-over is in the spill directory when `LokiSink.write` returns, with one write(2). Nothing is synced: the
    /// kernel keeps the pages when the process is killed, a power cut may take the last seconds. `kill -9` loses
    /// nothing that the sink was given.
    case writeAhead
    /// Records go to the directory while the receiver is away, past the memory's bound and at the end. `kill -9` loses
    /// what waits in memory: the last `maximumBatchAgeSeconds` and the batch under way.
    case onDemand
  }

  let endpoint: PushEndpoint
  /// The labels of every stream, beside `level`.
  let labels: StreamLabels
  /// `X-Scope-OrgID`. What an earlier process spilled is sent under it too.
  public var tenant: String?
  /// Those of the URL unless set.
  public var credentials: LokiCredentials
  /// What the receiver reads.
  public var format = Format.protobuf
  /// Of this process alone; it is made where it is missing. Without one records wait in memory only.
  public var directory: String?
  /// When records go to the directory; without one it makes no difference.
  public var durability = Durability.writeAhead
  /// A file of PEM certificates that are trusted instead of the system's.
  public var trustedCertificatesFile: String?
  /// What goes beside the line as structured metadata: `logger` and keys of the metadata. All of it is in the line too;
  /// none for a Loki that does not allow structured metadata.
  public var structuredMetadataKeys = ["logger", "request_id", "trace_id", "span_id"]
  /// How much may wait, and how long.
  public var limits = LokiLimits()

  /// - Parameters:
  ///   - url: http or https; `/loki/api/v1/push` is added where it has no path. User and password in it are sent as basic
  ///     authentication.
  ///   - job: the label of every stream that says what is running.
  ///   - instance: which of several processes of a job; left out where empty.
  /// - Throws: where the URL is none; the error does not show it.
  public init(url: String, job: String, instance: String = "") throws(LokiConfigurationError) {
    endpoint = try PushEndpoint(url)
    labels = StreamLabels(job: job, instance: instance)
    credentials = endpoint.credentials
  }

  /// The URL without user and password.
  public var displayedURL: String { endpoint.displayed }
}

/// A setting that cannot be used. It never shows a secret.
public struct LokiConfigurationError: Error, Sendable, CustomStringConvertible {
  public let description: String
}
