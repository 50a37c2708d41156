/// How long to wait after failures: doubling from 100 ms up to 5 s, less a random part, so that many processes do not
/// come back at the same moment.
package enum RetryDelay {
  static let minimumMilliseconds = 100
  static let maximumMilliseconds = 5_000
  private static let maximumDoublings = 6

  /// - Parameter failures: in a row, from 1.
  package static func after(failures: Int, jitter: Double = .random(in: 0...1)) -> Duration {
    let doublings = min(max(failures - 1, 0), maximumDoublings)
    let milliseconds = min(minimumMilliseconds << doublings, maximumMilliseconds)
    return .milliseconds(Int(Double(milliseconds) * (1 - jitter / 2)))
  }
}
