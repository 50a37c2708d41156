import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `cmdstat_get:calls=21,usec=175,usec_per_call=8.33,rejected_calls=0,failed_calls=0` (the last two since Redis 6.2),
/// `latency_percentiles_usec_get:p50=0.001,p99=1.003,p99.9=3.007` and `errorstat_ERR:count=4`.
struct CommandReader {
  private struct Statistics {
    /// Shared by the samples of all families.
    let labels: [String]
    let calls: Double
    let microseconds: Double
    let rejected: Double?
    let failed: Double?
  }

  private var statistics: [Statistics] = []
  private var positions: [String: Int] = [:]
  private var quantiles: [(command: String, points: [Distribution.Point])] = []

  mutating func count(_ name: Bytes, _ value: Bytes) {
    guard name.hasPrefix("cmdstat_") else { return }
    var (calls, time, rejected, failed): (Double?, Double?, Double?, Double?) = (nil, nil, nil, nil)
    value.forEachPair { name, value in
      if name == "calls" { calls = value.double }
      if name == "usec" { time = value.double }
      if name == "rejected_calls" { rejected = value.double }
      if name == "failed_calls" { failed = value.double }
    }
    guard let calls, let time else { return }
    let command = name.from(8).string
    positions[command] = statistics.count
    statistics.append(
      Statistics(labels: [command], calls: calls, microseconds: time, rejected: rejected, failed: failed))
  }

  mutating func percentiles(_ name: Bytes, _ value: Bytes) {
    guard name.hasPrefix("latency_percentiles_usec_") else { return }
    var points: [Distribution.Point] = []
    value.forEachPair { percentile, value in
      guard percentile[0] == UInt8(ascii: "p"), let at = percentile.from(1).double, let value = value.double else {
        return
      }
      points.append(Distribution.Point(at: at, value))
    }
    quantiles.append((name.from(25).string, points))
  }

  /// Family by family, which is how a batch is filled fastest.
  func finish(into batch: inout SampleBatch) {
    typealias Families = RedisInstance.Commands
    for line in statistics { batch.add(Families.calls.descriptor, labelValues: line.labels, line.calls) }
    for line in statistics {
      batch.add(Families.durationSeconds.descriptor, labelValues: line.labels, line.microseconds / 1e6)
    }
    for line in statistics {
      if let rejected = line.rejected {
        batch.add(Families.rejectedCalls.descriptor, labelValues: line.labels, rejected)
      }
    }
    for line in statistics {
      if let failed = line.failed { batch.add(Families.failedCalls.descriptor, labelValues: line.labels, failed) }
    }
    for (command, points) in quantiles {
      guard let position = positions[command] else { continue }
      let line = statistics[position]
      batch.add(
        Families.latencyPercentiles.descriptor, labelValues: line.labels,
        Distribution(points, sum: line.microseconds, count: line.calls))
    }
  }

  /// Time spent in each command, in microseconds.
  var microseconds: [String: Double] {
    positions.mapValues { statistics[$0].microseconds }
  }

  static func readErrors(_ name: Bytes, _ value: Bytes, into batch: inout SampleBatch) {
    guard name.hasPrefix("errorstat_") else { return }
    value.forEachPair { key, value in
      guard key == "count", let count = value.double else { return }
      batch.add(RedisInstance.Commands.errors, ErrorPrefix(name.from(10).string), count)
    }
  }
}
