import MetricModel
import Telemetry

/// All that one request of a service records: a histogram with an exemplar, two counters, a log line.
enum Requests {
  private static let durations = Family<Histogram, ClosedPair>(
    "bench_request_duration_seconds", "Durations of requests.", unit: .seconds, bounds: Histograms.bounds)
  private static let answered = Family<Counter, ClosedPair>("bench_requests_total", "Requests answered.")
  private static let sent = Family<Counter, NoLabels>("bench_sent_bytes_total", "Bytes sent.", unit: .bytes)

  static let cases = [
    Case("request") {
      let registry = Registry()
      let durations = registry.histogram(Self.durations)
      let answered = registry.counter(Self.answered)
      let sent = registry.counter(Self.sent)
      let channel = NullChannel()
      let trace = TraceContext(
        traceHigh: 0x4bf9_2f35_77b3_4da6, traceLow: 0xa3ce_929d_0e0e_4736, span: 0x00f0_67aa_0ba9_02b7, isSampled: true)
      return { operations throws(CaseError) in
        try channel.burst(operations) { logger, index in
          let labels = LabelValues.closed[index & 15]
          durations.observe(Histograms.values[index & 1_023], labels, exemplar: trace)
          answered.add(1, labels)
          sent.add(index & 4_095)
          Logs.log(logger, index)
        }
      }
    }
  ]
}
