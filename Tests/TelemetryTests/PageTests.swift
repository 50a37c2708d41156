import Foundation
import MetricModel
import Telemetry
import TestSupport
import Testing

@Suite("Pages", .timeLimit(.minutes(3)))
struct PageTests {
  private static let level = Family<Gauge, Named>("level", "Level.")

  @Test(
    "100,000 series come in chunks, and together they are the page", arguments: [ExpositionFormat.text, .openMetrics])
  func chunks(format: ExpositionFormat) {
    let registry = Registry()
    let gauge = registry.gauge(Self.level, maximumSeries: 100_000)
    for index in 0..<100_000 { gauge.set(Double(index) / 3, Named("series-\(index)")) }
    let page = registry.page(format)
    var (whole, largest, count) = ([UInt8](), 0, 0)
    while let chunk = page.next() {
      whole += chunk
      largest = max(largest, chunk.count)
      count += 1
    }
    #expect(page.next() == nil)
    #expect(largest < 128 << 10)
    #expect(count > 30)
    #expect(whole == registry.expose(format))
    let lines = String(decoding: whole, as: UTF8.self).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("level{") } == 100_000)
    #expect(lines.count { $0.hasPrefix("#") } == (format == .openMetrics ? 3 : 2))
  }

  @Test("an empty registry is an empty page, and in OpenMetrics one with an end")
  func empty() {
    #expect(Registry().expose(.text) == [])
    #expect(Registry().expose(.openMetrics) == Array("# EOF\n".utf8))
    #expect(Registry().expose(.protobuf) == [])
  }

  @Test("no double is written with more digits than it needs")
  func shortest() throws {
    var random = SeededGenerator(for: "shortest digits")
    let registry = Registry()
    let values = (0..<30_000).map { index -> Double in
      switch index % 4 {
      case 0: Double(bitPattern: random.next())
      case 1: Double.random(in: 0...1, using: &random)
      case 2: Double(Int.random(in: 0...1_000_000, using: &random)) / 1_000
      default: Double(sign: .plus, exponent: Int.random(in: -1_074...1_023, using: &random), significand: 1)
      }
    }
    let gauge = registry.gauge(Self.level, maximumSeries: values.count)
    for (index, value) in values.enumerated() { gauge.set(value, Named("\(index)")) }
    for (series, text) in registry.samples() {
      let index = try #require(Int(series.dropFirst("level{name=\"".count).dropLast(2)))
      let value = values[index]
      if value.isNaN {
        #expect(text == "NaN")
        continue
      }
      #expect(Double(text) == value, "seed \(random.seed)")
      #expect(Self.digits(text).count <= Self.digits(value.description).count, "\(text), \(value), seed \(random.seed)")
    }
  }

  /// The significant ones.
  private static func digits(_ text: String) -> String {
    let mantissa = text.lowercased().split(separator: "e").first ?? ""
    let digits = mantissa.filter(\.isNumber).drop { $0 == "0" }
    return String(digits.reversed().drop { $0 == "0" }.reversed())
  }

  enum Mode: ClosedLabel {
    case off, filling, mixing
    static let labelName = "mode"
    static var count: Int { 3 }
  }

  @Test("infos, state sets and functions are read as what they are")
  func constants() async throws {
    let registry = Registry()
    registry.info(Families.build).set(Named("old"))
    registry.info(Families.build).set(Named("mixer"))
    let state = registry.stateSet(Family<StateSet, Mode>("mixer_mode", "What it does."))
    state.set(.filling)
    state.set(.mixing)
    registry.function(Families.temperature) { 21.5 }
    let read = try await PageReader.read(registry.expose(.openMetrics), as: .openMetrics)
    let families = Dictionary(read.map { ($0.name, $0) }) { first, _ in first }
    #expect(families["mixer_build"]?.samples.map(\.labels) == [["name": "mixer"]])
    #expect(families["mixer_mode"]?.type == "stateset")
    let modes = families["mixer_mode"]?.samples.map { [$0.labels["mixer_mode"] ?? "none", $0.value] }
    #expect(modes == [["off", "0.0"], ["filling", "0.0"], ["mixing", "1.0"]])
    #expect(families["temperature"]?.samples.map(\.value) == ["21.5"])
    #expect(registry.samples()["mixer_mode{mixer_mode=\"mixing\"}"] == "1")
  }

  @Test("when a series began is said on request, and in protobuf always")
  func created() async throws {
    let before = Date().timeIntervalSince1970
    let registry = Registry(writesCreated: true)
    registry.counter(Families.batches).add(1)
    registry.histogram(Families.waits).observe(1)
    let read = try await PageReader.read(registry.expose(.openMetrics), as: .openMetrics)
    let created = read.flatMap(\.samples).filter { $0.name.hasSuffix("_created") }
    #expect(created.map(\.name) == ["batches_created", "wait_seconds_created"])
    for sample in created { #expect(try #require(Double(sample.value)) > before - 1) }
    let families = try ProtobufMessage.delimited(registry.expose(.protobuf))
    let counter = try families[0].message(4)?.message(3)?.message(3)
    let histogram = try families[1].message(4)?.message(7)?.message(15)
    for time in [counter, histogram] { #expect(Double(try #require(time?.unsigned(1))) > before - 1) }
    #expect(!String(decoding: Registry().expose(.openMetrics), as: UTF8.self).contains("_created"))
  }
}
