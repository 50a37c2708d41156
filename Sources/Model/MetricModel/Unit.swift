/// The unit at the end of a family's name (before `_total`). Prometheus asks for base units; the others are here
/// because the platform's contract fixes names that carry them.
public enum Unit: String, Sendable, CaseIterable {
  /// Also instants, since the epoch: `…_timestamp_seconds` and `…_time_seconds`.
  case seconds
  /// Never their multiples.
  case bytes
  /// A share of one: 0.5 is a half.
  case ratio
  /// A share of a hundred: 50 is a half.
  case percent
  /// Argentine pesos.
  case ars
  /// Thousandths of a second.
  case milliseconds = "ms"
  /// Millionths of a second.
  case microseconds = "usec"
}
