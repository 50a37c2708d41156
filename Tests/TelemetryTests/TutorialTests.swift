import Foundation
import Logging
import MetricModel
import Telemetry
import TelemetryHTTP
import TestSupport
import Testing

// What the tutorial shows (Sources/Telemetry/Telemetry/Telemetry.docc/TenMinutes.md), word for word: the first test
// looks. It compiles, and does what is said of it.

enum Channel: ClosedLabel {
  case counter, web
  static let labelName = "channel"
  @inlinable static var count: Int { 2 }
}

enum Outcome: ClosedLabel {
  case sold, refused
  static let labelName = "outcome"
  @inlinable static var count: Int { 2 }
}

enum Shop {
  static let sales = Family<Counter, Pair<Channel, Outcome>>("sales_total", "Sales by channel and outcome.")
  static let queue = Family<UpDown, NoLabels>("customers_waiting", "Customers in the queue.")
  static let duration = Family<Histogram, Channel>(
    "sale_duration_seconds", "Time from greeting to receipt.", unit: .seconds,
    bounds: [1, 5, 15, 60, 300], native: NativeBuckets())
}

struct ShopMetrics {
  let sales: CounterInstrument<Pair<Channel, Outcome>>
  let queue: UpDownInstrument<NoLabels>
  let duration: HistogramInstrument<Channel>

  init(_ registry: Registry) {
    sales = registry.counter(Shop.sales)
    queue = registry.upDown(Shop.queue)
    duration = registry.histogram(Shop.duration)
  }

  func sold(_ channel: Channel, seconds: Double, in trace: TraceContext) {
    sales.add(1, Pair(channel, .sold))
    duration.observe(seconds, channel, exemplar: trace)
  }
}

struct Supplier: OpenLabel {
  static let labelName = "supplier"
  let labelValue: String
  init(_ labelValue: String) { self.labelValue = labelValue }
}

struct Deliveries {
  static let family = Family<Counter, Supplier>("deliveries_total", "Deliveries by supplier.")
  let counter: OpenCounterInstrument<Supplier>

  init(_ registry: Registry) { counter = registry.counter(Self.family, maximumSeries: 200) }

  func came(from supplier: String) { counter.add(1, Supplier(supplier)) }
}

func server(of registry: Registry, port: Int, logger: Logger) -> PageServer {
  let metrics = Page.metrics { _, format in
    let page = registry.page(format)
    return PageChunks { page.next() }
  }
  return PageServer(address: "127.0.0.1", port: port, pages: [metrics, .healthy], logger: logger)
}

func pipeline(logging directory: String, countingLossesIn registry: Registry) -> LogPipeline {
  let lost = registry.counter(Family<Counter, NoLabels>("log_records_lost_total", "Records that no sink took."))
  return LogPipeline(
    service: "shop",
    sinks: [("stdout", DescriptorSink()), ("file", RotatingFileSink(directory: directory, name: "shop"))]
  ) { event in
    if case .dropped(_, _, let records) = event { lost.add(records) }
  }
}

@Suite("The tutorial")
struct TutorialTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  @Test("its code is this code")
  func verbatim() throws {
    let article = Self.root.appendingPathComponent("../../Sources/Telemetry/Telemetry/Telemetry.docc/TenMinutes.md")
    let text = try String(contentsOf: article, encoding: .utf8)
    let code = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
    let blocks = text.components(separatedBy: "```swift\n").dropFirst()
      .map { $0.components(separatedBy: "```")[0] }
    #expect(blocks.count == 5)
    for block in blocks {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("import ") }
      let declarations = lines.joined(separator: "\n").trimmingCharacters(in: .newlines)
      #expect(code.contains(declarations), "\(declarations.prefix(80))")
    }
  }

  @Test("the page shows what it says")
  func shows() {
    let registry = Registry()
    let metrics = ShopMetrics(registry)
    metrics.queue.add(2)
    metrics.sold(.web, seconds: 12, in: .random())
    Deliveries(registry).came(from: "Norte")
    let samples = registry.samples()
    #expect(samples["sales_total{channel=\"web\",outcome=\"sold\"}"] == "1")
    #expect(samples["sales_total{channel=\"counter\",outcome=\"refused\"}"] == "0")
    #expect(samples["customers_waiting"] == "2")
    #expect(samples["sale_duration_seconds_bucket{channel=\"web\",le=\"15\"}"] == "1")
    #expect(samples["deliveries_total{supplier=\"Norte\"}"] == "1")
  }

  @Test("the server serves, and the pipeline writes")
  func serves() async throws {
    let (registry, directory) = (Registry(), try TemporaryDirectory("tutorial"))
    _ = ShopMetrics(registry)
    let pipeline = pipeline(logging: directory.path, countingLossesIn: registry)
    let logger = Logger(label: "shop") { pipeline.handler(label: $0, level: .info) }
    let port = try FreePorts.next()
    let running = Task { try await server(of: registry, port: port, logger: logger).run() }
    let client = HTTPClient("http://127.0.0.1:\(port)")
    try await client.wait(for: "/-/healthy")
    #expect(try await client.send("GET", "/metrics").text.hasPrefix("# HELP customers_waiting "))
    running.cancel()
    _ = try? await running.value
    pipeline.close()
    let lines = try String(contentsOfFile: directory.file("shop.log"), encoding: .utf8)
    #expect(lines.contains("\"message\":\"listening\""))
    #expect(registry.samples()["log_records_lost_total"] == "0")
  }
}
