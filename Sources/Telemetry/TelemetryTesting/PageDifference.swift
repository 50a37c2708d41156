/// Two pages line by line, in the order of names and series.
struct PageDifference {
  /// `rank` puts a family's help and type before its samples.
  private typealias Line = (series: String, rank: Int, expected: String?, found: String?)
  private var lines: [Line] = []

  init(
    _ expected: [ExpositionText.Family], _ found: [ExpositionText.Family], relativeTolerance: Double
  ) {
    let foundByName = Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for family in expected {
      let other = foundByName[family.name]
      if let help = family.help, help != other?.help {
        let line = { (help: String) in "# HELP \(family.name) \(help)" }
        lines.append((family.name, 0, line(help), other?.help.map(line)))
      }
      if let type = family.type, type != other?.type {
        let line = { (type: ExpositionText.FamilyType) in "# TYPE \(family.name) \(type.rawValue)" }
        lines.append((family.name, 1, line(type), other?.type.map(line)))
      }
    }
    compare(expected.flatMap(\.samples), found.flatMap(\.samples), relativeTolerance)
  }

  private mutating func compare(
    _ expected: [ExpositionText.Sample], _ found: [ExpositionText.Sample], _ relativeTolerance: Double
  ) {
    let wanted = Dictionary(expected.map { ($0.series, $0) }, uniquingKeysWith: { first, _ in first })
    let had = Dictionary(found.map { ($0.series, $0) }, uniquingKeysWith: { first, _ in first })
    for series in Set(wanted.keys).union(had.keys) {
      let (one, other) = (wanted[series], had[series])
      if let one, let other, one.timestampMilliseconds == other.timestampMilliseconds,
        SampleValue.areEqual(one.value, other.value, relativeTolerance: relativeTolerance)
      {
        continue
      }
      lines.append((series, 2, one?.written, other?.written))
    }
  }

  /// nil where there is none.
  var text: String? {
    if lines.isEmpty { return nil }
    let sorted = lines.sorted { ($0.series, $0.rank) < ($1.series, $1.rank) }
    let both = sorted.flatMap { [$0.expected.map { "- \($0)" }, $0.found.map { "+ \($0)" }] }.compactMap(\.self)
    return "expected (-) and found (+) differ:\n" + both.joined(separator: "\n")
  }
}

extension ExpositionText.Sample {
  /// As a line that a person reads; values are not escaped.
  fileprivate var written: String {
    "\(series) \(value)" + (timestampMilliseconds.map { " \($0)" } ?? "")
  }
}
