/// How long to wait before the next attempt to connect: doubling from 100 ms to 5 s, less a random part, so that many
/// processes do not come back at the same moment.
struct Backoff {
  static let minimumMilliseconds = 100
  static let maximumMilliseconds = 5_000
  private static let maximumDoublings = 6

  /// - Parameter jitter: 0 to 1; so much of the half of the delay is taken off.
  static func delay(afterFailures failures: Int, jitter: Double) -> Duration {
    let doublings = min(max(failures - 1, 0), maximumDoublings)
    let milliseconds = min(minimumMilliseconds << doublings, maximumMilliseconds)
    return .milliseconds(Int(Double(milliseconds) * (1 - jitter / 2)))
  }
}
