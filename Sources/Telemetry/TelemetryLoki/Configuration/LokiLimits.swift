/// The bounds of the push client. Batches are as those of Loki's own clients.
public struct LokiLimits: Sendable {
  /// Of one request, before compression. A single larger entry is sent alone.
  public var maximumBatchBytes = 1 << 20
  /// Of one request; a batch is full at whichever bound comes first.
  public var maximumBatchRecords = 10_000
  /// How long the first record of a batch waits for others.
  public var maximumBatchAgeSeconds = 1.0
  /// Longer lines are cut at a character's end, and counted: Loki's `max_line_size` is 256 KiB.
  public var maximumLineBytes = 256 << 10
  /// Longer values of structured metadata are cut.
  public var maximumMetadataValueBytes = 1 << 10
  /// What waits in memory at the most; past it the oldest goes to disk or, without one, is dropped and counted.
  public var maximumMemoryBytes = 4 << 20
  /// All segments together; past it the oldest segment is dropped, and each of its records counted.
  public var maximumSpillBytes = 256 << 20
  /// Between two attempts to have a spill directory that could not be had or written.
  public var spillRetrySeconds = 5.0
  /// Doubles with each failure in a row up to the maximum; the wait is a random part of it (full jitter).
  public var initialBackoffSeconds = 0.5
  /// The longest wait between two attempts, but for `Retry-After`.
  public var maximumBackoffSeconds = 60.0
  /// The most that `Retry-After` is honoured.
  public var maximumRetryAfterSeconds = 300.0
  /// For the connection; with https its handshake is part of the answer's time.
  public var connectTimeoutSeconds = 5.0
  /// From the request's first byte to the answer's last.
  public var responseTimeoutSeconds = 10.0
  /// What looking for refused lines in one batch may cost; past it, what is refused is dropped as a whole and counted.
  /// The search begins with 256 of them, and earns as many as the next line costs with each that it finds, so that a
  /// batch of which nothing is taken ends soon.
  public var maximumRequestsPerBatch = 4_096

  /// With the values that stand here.
  public init() {}

  /// A dropped segment costs an eighth of the budget at the most.
  var maximumSegmentBytes: Int { max(4 << 10, min(2 << 20, maximumSpillBytes / 8)) }
}
