import ExporterKit
import MetricModel

/// Reads the text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details) as
/// strictly as the standard exporter's library does: one mistake, and the whole text is refused.
struct ExpositionText {
  /// In the order in which they are first mentioned.
  private var families: [ForeignFamily] = []
  private var positions: [String: Int] = [:]
  private var sampleCount = 0
  private let maximumSamples: Int

  private init(maximumSamples: Int) { self.maximumSamples = maximumSamples }

  /// Families that have samples.
  static func families(in text: Bytes, maximumSamples: Int) throws(ExpositionMistake) -> [ForeignFamily] {
    var reader = ExpositionText(maximumSamples: maximumSamples)
    guard text.isEmpty || text[text.count - 1] == UInt8(ascii: "\n") else {
      throw ExpositionMistake(line: nil, "ends within a line: it is cut, or is being written in place")
    }
    var (start, number) = (0, 1)
    while let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) {
      do {
        try reader.read(text.part(start..<end))
      } catch {
        throw ExpositionMistake(line: number, error.problem)
      }
      start = end + 1
      number += 1
    }
    return reader.families.filter { !$0.series.isEmpty }
  }

  private mutating func read(_ line: Bytes) throws(ExpositionMistake) {
    var line = ExpositionLine(line)
    line.skipBlanks()
    if line.isAtEnd { return }
    if line.skip(UInt8(ascii: "#")) { return try readComment(&line) }
    try readSample(&line)
  }

  private mutating func readComment(_ line: inout ExpositionLine) throws(ExpositionMistake) {
    line.skipBlanks()
    let keyword = line.word()
    guard keyword == "HELP" || keyword == "TYPE" else { return }
    line.skipBlanks()
    let position = family(try line.name(colons: true, "metric")).position
    guard line.isAtEnd || line.isAtBlank else { throw ExpositionMistake("has an invalid metric name in a comment") }
    line.skipBlanks()
    if line.isAtEnd { return }
    if keyword == "HELP" {
      guard families[position].help == nil else { throw ExpositionMistake("says a second HELP") }
      families[position].help = try line.escaped(upTo: nil)
    } else {
      guard families[position].kind == nil else { throw ExpositionMistake("says a TYPE again or after samples") }
      families[position].kind = try Self.kind(line.rest.string.lowercased())
    }
  }

  private static func kind(_ text: String) throws(ExpositionMistake) -> Kind {
    switch text {
    case "counter": .counter
    case "gauge": .gauge
    case "histogram": .histogram
    case "summary": .summary
    case "untyped": .unknown
    default: throw ExpositionMistake("has an unknown metric type")
    }
  }

  private enum Part { case whole, sum, count }

  private mutating func readSample(_ line: inout ExpositionLine) throws(ExpositionMistake) {
    let (position, part) = family(try line.name(colons: true, "metric"))
    let kind = families[position].kind ?? .unknown
    families[position].kind = kind
    line.skipBlanks()
    var labels = line.skip(UInt8(ascii: "{")) ? try line.labels() : []
    var bound: Double?
    if kind == .histogram || kind == .summary {
      let special = kind == .histogram ? "le" : "quantile"
      if let index = labels.firstIndex(where: { $0.name == special }) {
        bound = ExpositionLine.number(labels.remove(at: index).value)
        guard bound != nil else { throw ExpositionMistake("has no number in \(special)") }
      }
    }
    labels.sort { $0.name < $1.name }
    let value = try line.value()
    sampleCount += 1
    guard sampleCount <= maximumSamples else { throw ExpositionMistake("has more than \(maximumSamples) samples") }
    guard families[position].isDistribution else { return families[position].add(labels, value) }
    families[position].change(labels) { series in
      switch part {
      case .sum: series.sum = value
      case .count: series.count = value
      case .whole: if let bound, !bound.isNaN { series.points[bound] = value }
      }
    }
  }

  /// The family that a name belongs to, which may be new: `a_sum` is a part of the histogram `a`.
  private mutating func family(_ name: String) -> (position: Int, part: Part) {
    if let position = positions[name] { return (position, .whole) }
    for (suffix, part) in [("_sum", Part.sum), ("_count", .count), ("_bucket", .whole)] where name.hasSuffix(suffix) {
      guard let position = positions[String(name.dropLast(suffix.utf8.count))] else { continue }
      let kind = families[position].kind
      if kind == .histogram || (kind == .summary && suffix != "_bucket") { return (position, part) }
    }
    positions[name] = families.count
    families.append(ForeignFamily(name: name))
    return (families.count - 1, .whole)
  }
}

/// Why a text is refused.
struct ExpositionMistake: Error, CustomStringConvertible, Equatable {
  let line: Int?
  /// What the line does wrong; it repeats nothing of it.
  let problem: String

  init(line: Int? = nil, _ problem: String) {
    self.line = line
    self.problem = problem
  }

  var description: String { line.map { "line \($0) \(problem)" } ?? problem }
}
