import Catalog
import MetricModel
import Synchronization
import Telemetry
import Testing

@Suite("Registry")
struct RegistryTests {
  /// What the registry reported, in order.
  final class Problems: Sendable {
    private let heard = Mutex<[Registry.Problem]>([])
    var all: [Registry.Problem] { heard.withLock { $0 } }
    /// Of each problem the first time.
    init(of registry: Registry) {
      registry.setProblemHandler { problem, isFirst in
        if isFirst { self.heard.withLock { $0.append(problem) } }
      }
    }
  }

  @Test("a small family is exposed at 0 from the start")
  func zeros() {
    let registry = Registry()
    _ = registry.counter(Families.paints)
    _ = registry.gauge(Families.levels)
    #expect(
      registry.samples() == [
        "paints_total{colour=\"red\"}": "0", "paints_total{colour=\"green\"}": "0",
        "paints_total{colour=\"blue\"}": "0", "paint_level_ratio{colour=\"red\"}": "0",
        "paint_level_ratio{colour=\"green\"}": "0", "paint_level_ratio{colour=\"blue\"}": "0",
      ])
  }

  @Test("32 series are exposed whole; of 33 only those touched or asked for")
  func limit() {
    let registry = Registry()
    _ = registry.counter(Family<Counter, Wide32>("small_total", "Small."))
    let large = registry.counter(Family<Counter, Wide33>("large_total", "Large."))
    #expect(registry.samples().count == 32)
    large.add(1, Wide33(slot: 32))
    large.add(0.5, Wide33(slot: 7))
    large.expose(Wide33(slot: 0))
    let shown = registry.samples().filter { $0.key.hasPrefix("large_total") }
    #expect(shown == ["large_total{n=\"32\"}": "1", "large_total{n=\"7\"}": "0.5", "large_total{n=\"0\"}": "0"])
  }

  @Test("a gauge that was set to 0 is on the page, and one that returns to 0 stays there")
  func gaugeAtZero() {
    let registry = Registry()
    let gauge = registry.gauge(Family<Gauge, Wide33>("queue_length", "Queue."))
    gauge.set(0, Wide33(slot: 1))
    gauge.set(5, Wide33(slot: 2))
    gauge.add(3, Wide33(slot: 3))
    #expect(registry.samples().count == 3)
    gauge.set(0, Wide33(slot: 2))
    gauge.add(-3, Wide33(slot: 3))
    #expect(
      registry.samples() == ["queue_length{n=\"1\"}": "0", "queue_length{n=\"2\"}": "0", "queue_length{n=\"3\"}": "0"])
  }

  @Test("labels that become known later are exposed once they are")
  func interned() {
    let registry = Registry()
    let requests = registry.counter(HTTP.requests)
    let endpoint = Endpoint(method: "GET", route: "/registry-test")
    #expect(registry.samples().isEmpty)
    requests.expose(HTTPLabels(endpoint: endpoint, status: .ok))
    requests.add(1, HTTPLabels(endpoint: .notFound, status: .notFound))
    #expect(
      registry.samples() == [
        "http_requests_total{method=\"GET\",route=\"/registry-test\",status=\"200\"}": "0",
        "http_requests_total{method=\"\",route=\"NotFound\",status=\"404\"}": "1",
      ])
  }

  @Test("asking twice for a family gives the same instrument")
  func sameTwice() {
    let registry = Registry()
    let problems = Problems(of: registry)
    registry.counter(Families.batches).add(1)
    registry.counter(Families.batches).add(2)
    #expect(registry.samples() == ["batches_total": "3"])
    #expect(problems.all.isEmpty)
  }

  @Test("a second family of one name counts, is not exposed, and is reported once")
  func conflict() {
    let registry = Registry()
    let problems = Problems(of: registry)
    registry.counter(Families.batches).add(4)
    let other = Family<Gauge, NoLabels>("batches_total", "Another.")
    for _ in 0..<3 {
      let gauge = registry.gauge(other)
      gauge.set(9)
      #expect(gauge.value(NoLabels()) == 9)
    }
    #expect(registry.samples() == ["batches_total": "4"])
    #expect(problems.all == [.nameConflict("batches_total")])
  }

  @Test("a problem from before anybody listened is not lost")
  func late() {
    let registry = Registry()
    _ = registry.counter(Families.batches)
    _ = registry.gauge(Family<Gauge, NoLabels>("batches_total", "Another."))
    let problems = Problems(of: registry)
    #expect(problems.all == [.nameConflict("batches_total")])
    registry.setProblemHandler { _, _ in Issue.record("told twice") }
  }

  @Test("a collector's family under an instrument's name is left out, and reported once")
  func collectorConflict() {
    let registry = Registry()
    let problems = Problems(of: registry)
    registry.counter(Families.batches).add(1)
    registry.register(Reading { $0.add(Family<Gauge, NoLabels>("batches_total", "Another."), 7) })
    for _ in 0..<3 { #expect(registry.samples() == ["batches_total": "1"]) }
    #expect(problems.all == [.nameConflict("batches_total")])
  }

  @Test("of two samples with the same labels the first stays, and it is reported once")
  func duplicates() {
    let registry = Registry()
    let problems = Problems(of: registry)
    registry.register(
      Reading { batch in
        batch.add(Families.settings, Named("a"), 1)
        batch.add(Families.settings, Named("b"), 2)
        batch.add(Families.settings, Named("a"), 3)
      })
    for _ in 0..<2 {
      #expect(registry.samples() == ["mixer_setting{name=\"a\"}": "1", "mixer_setting{name=\"b\"}": "2"])
    }
    #expect(problems.all == [.duplicateSeries("mixer_setting")])
  }

  @Test("a sample that has not its family's labels is left out, and reported")
  func labelsOfAnother() {
    let registry = Registry()
    let problems = Problems(of: registry)
    registry.register(
      Reading { batch in
        batch.add(Families.settings, Named("a"), 1)
        batch.add(Families.settings.descriptor, labelValues: ["b", "c"], 2)
        batch.add(Families.settings.descriptor, labelValues: [], 3)
      })
    #expect(registry.samples() == ["mixer_setting{name=\"a\"}": "1"])
    #expect(problems.all == [.nameConflict("mixer_setting")])
  }

  @Test("a family that two collectors have stays together, and pages are in the order of names")
  func order() {
    let registry = Registry()
    registry.register(Reading { $0.add(Families.settings, Named("a"), 1) })
    registry.register(Reading { $0.add(Families.temperature, 20) })
    var more = SampleBatch()
    more.add(Families.settings, Named("b"), 2)
    var again = SampleBatch()
    again.add(Families.build, Named("mixer"), 1)
    again.append(more)
    #expect(again.seriesCount == 2)
    let page = String(decoding: registry.expose(.text, adding: again), as: UTF8.self)
    let samples = page.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      samples == [
        "mixer_build_info{name=\"mixer\"} 1", "mixer_setting{name=\"a\"} 1", "mixer_setting{name=\"b\"} 2",
        "temperature 20",
      ])
  }

  @Test("what is added to a page takes no place of what the collectors say")
  func strangers() {
    let registry = Registry()
    let problems = Problems(of: registry)
    registry.register(Reading { $0.add(Families.temperature, 20) })
    registry.register(Reading { $0.add(Families.settings, Named("a"), 1) })
    var brought = SampleBatch()
    brought.add(FamilyDescriptor(name: "temperature", help: "Theirs.", kind: .gauge), labelValues: [], 7)
    brought.add(FamilyDescriptor(name: "mixer_setting", help: "Theirs.", kind: .counter), labelValues: [], 8)
    let page = String(decoding: registry.expose(.text, adding: brought), as: UTF8.self)
    #expect(page.contains("\ntemperature 20\n") && page.contains("\nmixer_setting{name=\"a\"} 1\n"))
    #expect(!page.contains("Theirs.") && !page.contains(" 7\n") && !page.contains(" 8\n"))
    #expect(Set(problems.all) == [.duplicateSeries("temperature"), .nameConflict("mixer_setting")])
  }
}
