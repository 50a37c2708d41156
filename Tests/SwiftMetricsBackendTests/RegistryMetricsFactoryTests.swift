import CoreMetrics
import MetricModel
import SwiftMetricsBackend
import Telemetry
import TestSupport
import Testing

@Suite("swift-metrics: what is recorded stands on the page")
struct RegistryMetricsFactoryTests {
  @Test("each instrument, with its kind, its unit and its help text")
  func instruments() {
    let recorded = Recorded { options in
      options.help["http.requests"] = "Requests answered."
      options.buckets["http.request.duration"] = .init(bounds: [0.25, 0.1])
      options.buckets["body.bytes"] = .init(bounds: [100])
    }
    let factory = recorded.factory
    let requests = Counter(label: "http.requests", dimensions: [("method", "GET")], factory: factory)
    requests.increment()
    requests.increment(by: 41)
    FloatingPointCounter(label: "cpu.seconds", factory: factory).increment(by: 0.75)
    let meter = Meter(label: "pool-size", factory: factory)
    meter.set(10)
    meter.increment(by: 2.5)
    meter.decrement()
    Gauge(label: "temperature", factory: factory).record(-3)
    let timer = Timer(label: "http.request.duration", preferredDisplayUnit: .milliseconds, factory: factory)
    timer.recordMilliseconds(100)
    timer.recordNanoseconds(2_000_000_000)
    let recorder = Recorder(label: "body.bytes", factory: factory)
    recorder.record(99.5)
    recorder.record(101)
    let expected = """
      # HELP body_bytes body.bytes, recorded through swift-metrics.
      # TYPE body_bytes histogram
      body_bytes_bucket{le="100"} 1
      body_bytes_bucket{le="+Inf"} 2
      body_bytes_sum 200.5
      body_bytes_count 2
      # HELP cpu_seconds_total cpu.seconds, recorded through swift-metrics.
      # TYPE cpu_seconds_total counter
      cpu_seconds_total 0.75
      # HELP http_request_duration_seconds http.request.duration, recorded through swift-metrics.
      # TYPE http_request_duration_seconds histogram
      http_request_duration_seconds_bucket{le="0.1"} 1
      http_request_duration_seconds_bucket{le="0.25"} 1
      http_request_duration_seconds_bucket{le="+Inf"} 2
      http_request_duration_seconds_sum 2.1
      http_request_duration_seconds_count 2
      # HELP http_requests_total Requests answered.
      # TYPE http_requests_total counter
      http_requests_total{method="GET"} 42
      # HELP pool_size pool-size, recorded through swift-metrics.
      # TYPE pool_size gauge
      pool_size 11.5
      # HELP temperature temperature, recorded through swift-metrics.
      # TYPE temperature gauge
      temperature -3

      """
    #expect(recorded.page == expected)
    #expect(recorded.page(.openMetrics).contains("# UNIT http_request_duration_seconds seconds\n"))
    #expect(recorded.problems == [])
  }

  @Test("a handler that is made is a series at 0, so that the first error is an increase")
  func startsAtZero() {
    let recorded = Recorded()
    _ = recorded.counter("errors", [("kind", "timeout")])
    _ = Timer(label: "wait", factory: recorded.factory)
    #expect(recorded.samples.contains(#"errors_total{kind="timeout"} 0"#))
    #expect(recorded.samples.contains("wait_seconds_count 0"))
  }

  @Test("what cannot be counted is not: amounts below 0, durations below 0, what is no number")
  func refused() {
    let recorded = Recorded { $0.timerBuckets = .init(bounds: [1]) }
    let counter = recorded.counter("a")
    counter.increment(by: 2)
    counter.increment(by: -1)
    let fractional = FloatingPointCounter(label: "b", factory: recorded.factory)
    fractional.increment(by: 0.5)
    for amount in [-1, Double.nan, .infinity] { fractional.increment(by: amount) }
    let meter = Meter(label: "c", factory: recorded.factory)
    meter.set(7)
    meter.increment(by: Double.nan)
    meter.decrement(by: Double.infinity)
    Timer(label: "d", factory: recorded.factory).recordNanoseconds(-1)
    #expect(
      recorded.samples == [
        "a_total 2", "b_total 0.5", "c 7", #"d_seconds_bucket{le="1"} 0"#, #"d_seconds_bucket{le="+Inf"} 0"#,
        "d_seconds_sum 0", "d_seconds_count 0",
      ])
  }

  @Test("a reset begins the series anew, and only that one")
  func reset() {
    let recorded = Recorded()
    let (left, right) = (recorded.counter("turns", [("to", "left")]), recorded.counter("turns", [("to", "right")]))
    left.increment(by: 5)
    right.increment(by: 3)
    left.reset()
    left.increment()
    #expect(recorded.samples == [#"turns_total{to="left"} 1"#, #"turns_total{to="right"} 3"#])
    let fractional = FloatingPointCounter(label: "turns", dimensions: [("to", "right")], factory: recorded.factory)
    fractional.increment(by: 0.25)
    #expect(recorded.samples.last == #"turns_total{to="right"} 3.25"#)
  }

  @Test("a destroyed metric stays, and whoever holds the same series goes on")
  func destroyed() {
    let recorded = Recorded()
    let (one, other) = (recorded.counter("jobs"), recorded.counter("jobs"))
    one.increment()
    one.destroy()
    other.increment()
    recorded.counter("jobs").increment()
    #expect(recorded.samples == ["jobs_total 3"])
  }

  @Test("the order of dimensions does not matter; of two of one name the last counts")
  func dimensions() {
    let recorded = Recorded()
    recorded.counter("a", [("x", "1"), ("y", "2")]).increment()
    recorded.counter("a", [("y", "2"), ("x", "1")]).increment()
    recorded.counter("a", [("x", "0"), ("y", "2"), ("x", "1")]).increment()
    recorded.counter("a", [("x", "2"), ("y", "1")]).increment()
    #expect(recorded.samples == [#"a_total{x="1",y="2"} 3"#, #"a_total{x="2",y="1"} 1"#])
    #expect(recorded.problems == [])
  }

  @Test("native buckets, for one label or for all timers")
  func native() {
    let recorded = Recorded { options in
      options.timerBuckets = .init(native: NativeBuckets(schema: 5))
    }
    Timer(label: "a", factory: recorded.factory).recordSeconds(1)
    #expect(recorded.samples == [#"a_seconds_bucket{le="+Inf"} 1"#, "a_seconds_sum 1", "a_seconds_count 1"])
    // Field 5 of Histogram, schema, a sint32: tag 0x28, 5 as zigzag.
    let page = recorded.registry.expose(.protobuf)
    #expect(zip(page, page.dropFirst()).contains { $0 == 0x28 && $1 == 10 })
  }

  @Test("totals are exact when threads make and use the same counters at once")
  func threads() async {
    let recorded = Recorded()
    let (tasks, rounds) = (8, 2_000)
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<tasks {
        group.addTask {
          let kept = recorded.counter("kept", [("task", "\(task % 2)")])
          for round in 0..<rounds {
            kept.increment()
            recorded.counter("made", [("round", "\(round % 10)")]).increment()
          }
        }
      }
    }
    let expected =
      (0..<2).map { "kept_total{task=\"\($0)\"} \(tasks / 2 * rounds)" }
      + (0..<10).map { "made_total{round=\"\($0)\"} \(tasks * rounds / 10)" }
    #expect(Set(recorded.samples) == Set(expected))
  }
}
