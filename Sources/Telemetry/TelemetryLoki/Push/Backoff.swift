/// How long to wait after failures in a row: a random part of a bound that doubles
/// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/, full jitter), so that clients that lost
/// their receiver together do not come back together.
struct Backoff {
  private let limits: LokiLimits
  private var failures = 0

  init(_ limits: LokiLimits) { self.limits = limits }

  mutating func succeeded() { failures = 0 }

  /// - Parameters:
  ///   - retryAfterSeconds: what the receiver asked for.
  ///   - part: in `0...1`, the jitter.
  /// - Returns: seconds until the next attempt.
  mutating func failed(retryAfterSeconds: Double?, part: Double = .random(in: 0...1)) -> Double {
    let bound = min(limits.initialBackoffSeconds * Double(1 << min(failures, 30)), limits.maximumBackoffSeconds)
    failures += 1
    return max(bound * part, min(retryAfterSeconds ?? 0, limits.maximumRetryAfterSeconds))
  }
}
