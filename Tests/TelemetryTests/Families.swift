import MetricModel
import Telemetry

/// Families for the tests of the registry: what the catalogue has none of today, too.
enum Families {
  static let paints = Family<Counter, Colour>("paints_total", "Paints mixed.")
  static let levels = Family<Gauge, Colour>("paint_level_ratio", "What is left.", unit: .ratio)
  static let waits = Family<Histogram, NoLabels>(
    "wait_seconds", "Time waited.", unit: .seconds, bounds: [0.1, 0.25, 1, 2.5])
  static let batches = Family<Counter, NoLabels>("batches_total", "Batches.")
  static let temperature = Family<Gauge, NoLabels>("temperature", "Degrees.")
  static let build = Family<Info, Named>("mixer_build_info", "What runs.")
  static let settings = Family<Unknown, Named>("mixer_setting", "A setting of the mixer.")
}

enum Colour: ClosedLabel {
  case red, green, blue
  static let labelName = "colour"
  static var count: Int { 3 }
}

/// An open label, as collectors write it.
struct Named: OpenLabel {
  static let labelName = "name"
  let labelValue: String
  init(_ labelValue: String) { self.labelValue = labelValue }
}

/// A label set of exactly the size that is exposed whole.
struct Wide32: ClosedLabelSet {
  static let labelNames = ["n"]
  static var count: Int { 32 }
  let slot: Int
  var labelValues: [String] { ["\(slot)"] }
  static func labelValues(at slot: Int) -> [String]? { ["\(slot)"] }
}

/// One more than that.
struct Wide33: ClosedLabelSet {
  static let labelNames = ["n"]
  static var count: Int { 33 }
  let slot: Int
  var labelValues: [String] { ["\(slot)"] }
  static func labelValues(at slot: Int) -> [String]? { ["\(slot)"] }
}

/// A collector made of a closure.
struct Reading: Collector {
  let body: @Sendable (inout SampleBatch) -> Void
  init(_ body: @escaping @Sendable (inout SampleBatch) -> Void) { self.body = body }
  func collect(into batch: inout SampleBatch) { body(&batch) }
}

extension Registry {
  /// The samples of the text page by their series, as written; comments left out.
  func samples() -> [String: String] {
    let page = String(decoding: expose(.text), as: UTF8.self)
    let lines = page.split(separator: "\n").filter { !$0.hasPrefix("#") }
    return Dictionary(
      lines.map { line in
        let end = line.lastIndex(of: " ") ?? line.endIndex
        return (String(line[..<end]), String(line[end...].dropFirst()))
      }, uniquingKeysWith: { first, second in "\(first) and again \(second)" })
  }
}
