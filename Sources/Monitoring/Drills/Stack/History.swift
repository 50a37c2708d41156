import Alerts
import Foundation
import Recording
import Topology

/// What the past of a drill's Prometheus is filled with, where an expression looks hours back: the usual day of which the
/// fault is the exception. Recorded series, a sample a minute, in OpenMetrics' text format
/// (https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md).
extension Drill {
  private static let hours = 8
  private static let stepSeconds = 60
  /// Of each a second.
  private static let usualRate = 2.0
  private static let recorded = [Recordings.logRate, Recordings.hourlyLogRate, Recordings.requestRate].map(\.name)

  /// Without the end mark; nil: the past may be empty.
  func history(before now: Date) -> String? {
    guard case .stormLog(let process) = self, let job = process.job else { return nil }
    let last = Int(now.timeIntervalSince1970)
    let moments = stride(from: last - Self.hours * 3600, to: last, by: Self.stepSeconds)
    return Self.recorded.map { name in
      "# TYPE \(name) gauge\n"
        + moments.map { "\(name){job=\"\(job.rawValue)\"} \(Self.usualRate) \($0)\n" }.joined()
    }.joined()
  }

  fileprivate var historyRemark: String? {
    guard case .stormLog(let process) = self else { return nil }
    return "the past \(Self.hours) hours of \(process.name) are back-filled: \(Self.usualRate) a second in "
      + Self.recorded.joined(separator: ", ")
  }
}

extension Alert {
  var historyRemark: String? { drill.historyRemark.map { "- \(name): \($0)" } }
}
