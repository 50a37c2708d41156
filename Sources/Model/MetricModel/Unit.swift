/// The unit at the end of a family's name (before `_total`). Prometheus asks for base units; the others are here
/// because the platform's contract fixes names that carry them.
public enum Unit: String, Sendable, CaseIterable {
  case seconds, bytes, ratio, percent, ars
  /// Instants are seconds since the epoch: `…_timestamp_seconds` and `…_time_seconds`.
  case milliseconds = "ms"
  case microseconds = "usec"
}
