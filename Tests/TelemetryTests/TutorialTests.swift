import Foundation
import MetricModel
import Telemetry
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

func count(deliveriesFrom supplier: String, in registry: Registry) {
  let deliveries = Family<Counter, Supplier>("deliveries_total", "Deliveries by supplier.")
  registry.counter(deliveries, maximumSeries: 200).add(1, Supplier(supplier))
}

func page(of registry: Registry, accept: String?) -> [UInt8] {
  registry.expose(ExpositionFormat.negotiate(accept: accept))
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
    #expect(blocks.count == 4)
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
    count(deliveriesFrom: "Norte", in: registry)
    let samples = registry.samples()
    #expect(samples["sales_total{channel=\"web\",outcome=\"sold\"}"] == "1")
    #expect(samples["sales_total{channel=\"counter\",outcome=\"refused\"}"] == "0")
    #expect(samples["customers_waiting"] == "2")
    #expect(samples["sale_duration_seconds_bucket{channel=\"web\",le=\"15\"}"] == "1")
    #expect(samples["deliveries_total{supplier=\"Norte\"}"] == "1")
    #expect(String(decoding: page(of: registry, accept: nil), as: UTF8.self).hasPrefix("# HELP customers_waiting "))
  }
}
