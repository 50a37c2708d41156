import CoreMetrics
import MetricModel
import SwiftMetricsBackend
import Synchronization
import Telemetry
import TestSupport
import Testing

@Suite("swift-metrics: mistakes are reported once and never trap")
struct RegistryMetricsLimitTests {
  @Test("a name of another kind records nothing")
  func otherKind() {
    let recorded = Recorded()
    recorded.counter("requests").increment()
    for _ in 0..<3 { Gauge(label: "requests_total", factory: recorded.factory).record(9) }
    Recorder(label: "requests_total", factory: recorded.factory).record(9)
    #expect(recorded.samples == ["requests_total 1"])
    #expect(recorded.problems == [.nameConflict("requests_total")])
    #expect(recorded.laterProblemCount == 3)
  }

  @Test("other dimension names record nothing; the first ones go on")
  func otherDimensions() {
    let recorded = Recorded()
    recorded.counter("requests", [("method", "GET")]).increment()
    recorded.counter("requests", [("path", "/")]).increment()
    recorded.counter("requests").increment()
    recorded.counter("requests", [("method", "GET"), ("path", "/")]).increment()
    recorded.counter("requests", [("method", "PUT")]).increment()
    #expect(recorded.samples == [#"requests_total{method="GET"} 1"#, #"requests_total{method="PUT"} 1"#])
    #expect(recorded.problems == [.nameConflict("requests_total")])
  }

  @Test("a family whose samples another already writes records nothing, whichever came first")
  func sampleNames() {
    let recorded = Recorded { $0.recorderBuckets = .init(bounds: [1]) }
    Recorder(label: "jobs", factory: recorded.factory).record(1)
    Gauge(label: "jobs.count", factory: recorded.factory).record(9)
    Gauge(label: "tasks.sum", factory: recorded.factory).record(2)
    Recorder(label: "tasks", factory: recorded.factory).record(9)
    // In OpenMetrics the counter's family is called as the gauge.
    recorded.counter("calls").increment()
    Gauge(label: "calls", factory: recorded.factory).record(9)
    #expect(recorded.samples.filter { $0.hasSuffix(" 9") } == [])
    #expect(recorded.samples.contains("tasks_sum 2"))
    #expect(recorded.problems == [.nameConflict("jobs_count"), .nameConflict("tasks"), .nameConflict("calls")])
  }

  @Test("a family that the program declares itself stands")
  func typedFamily() {
    let recorded = Recorded()
    recorded.registry.counter(Family<MetricModel.Counter, NoLabels>("jobs_total", "Jobs.")).add(7)
    recorded.counter("jobs").increment()
    #expect(recorded.samples == ["jobs_total 7"])
    #expect(recorded.problems == [.nameConflict("jobs_total")])
  }

  @Test("past the limit of series the rest is counted in one")
  func series() {
    let recorded = Recorded { $0.maximumSeriesPerFamily = 2 }
    for peer in ["a", "b", "c", "d", "a"] { recorded.counter("calls", [("peer", peer)]).increment() }
    #expect(
      recorded.samples == [
        #"calls_total{peer="a"} 2"#, #"calls_total{peer="b"} 1"#, #"calls_total{peer="overflow"} 2"#,
      ])
    #expect(recorded.problems == [.cardinality("calls_total")])
  }

  @Test("past the limit of families the rest records nothing")
  func families() {
    let recorded = Recorded { $0.maximumFamilies = 3 }
    for index in 0..<10 { recorded.counter("name_\(index)").increment() }
    recorded.counter("name_0").increment()
    #expect(recorded.samples == ["name_0_total 2", "name_1_total 1", "name_2_total 1"])
    #expect(recorded.problems == [.cardinality(RegistryMetricsFactory.familyLimitProblem)])
  }

  @Test("a problem handler may itself count", .timeLimit(.minutes(1)))
  func handlerCounts() {
    let recorded = Recorded()
    recorded.registry.setProblemHandler { _, _ in recorded.counter("problems").increment() }
    recorded.counter("a", [("x", "1")]).increment()
    recorded.counter("a", [("y", "1")]).increment()
    #expect(recorded.samples == [#"a_total{x="1"} 1"#, "problems_total 1"])
  }
}
