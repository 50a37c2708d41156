import MetricModel
import Telemetry
import TelemetryTesting
import TestSupport
import Testing

@Suite("Naming rules")
struct NamingRulesTests {
  typealias Rule = NamingProblem.Rule

  @Test(
    "each rule finds its mistake, and finds it alone",
    arguments: [
      ("# TYPE a gauge\na 1\n", Rule.help), ("# HELP a\n# TYPE a gauge\na 1\n", .help), ("# HELP a A.\na 1\n", .type),
      ("# HELP a_milliseconds A.\n# TYPE a_milliseconds gauge\na_milliseconds 1\n", .baseUnit),
      ("# HELP a_gibibytes_used A.\n# TYPE a_gibibytes_used gauge\na_gibibytes_used 1\n", .baseUnit),
      ("# HELP used_percent A.\n# TYPE used_percent gauge\nused_percent 1\n", .baseUnit),
      ("# HELP a_kb A.\n# TYPE a_kb gauge\na_kb 1\n", .abbreviation),
      ("# HELP a A.\n# TYPE a counter\na 1\n", .counterSuffix),
      ("# HELP a_total A.\n# TYPE a_total gauge\na_total 1\n", .totalSuffix),
      ("# HELP a_count A.\n# TYPE a_count gauge\na_count 1\n", .reservedSuffix),
      ("# HELP a_created A.\n# TYPE a_created gauge\na_created 1\n", .reservedSuffix),
      ("# HELP a A.\n# TYPE a gauge\na{le=\"1\"} 1\n", .reservedLabel),
      ("# HELP a A.\n# TYPE a gauge\na{quantile=\"1\"} 1\n", .reservedLabel),
      ("# HELP a A.\n# TYPE a gauge\na{__b=\"1\"} 1\n", .reservedLabel),
      ("# HELP a_gauge A.\n# TYPE a_gauge gauge\na_gauge 1\n", .typeInName),
      ("# HELP a:b A.\n# TYPE a:b gauge\na:b 1\n", .colon),
      ("# HELP aB A.\n# TYPE aB gauge\naB 1\n", .camelCase),
      ("# HELP a A.\n# TYPE a gauge\na{bC=\"1\"} 1\n", .camelCase),
      ("# HELP a_total A.\n# TYPE a_total counter\na_total -1\n", .counterValue),
      ("# HELP a_total A.\n# TYPE a_total counter\na_total NaN\n", .counterValue),
    ])
  func finds(page: String, rule: Rule) throws {
    let problems = try ExpositionText(page).problems()
    #expect(problems.map(\.rule) == [rule], "\(problems)")
  }

  @Test("a page that keeps them all has none")
  func clean() throws {
    let registry = Registry()
    registry.counter(Family<Counter, NoLabels>("paints_total", "Paints mixed.")).add(1)
    let waits = Family<Histogram, NoLabels>("wait_seconds", "Time waited.", unit: .seconds, bounds: [1])
    registry.histogram(waits).observe(2)
    #expect(try registry.problems() == [])
    _ = registry.gauge(Family<Gauge, NoLabels>("paint_total", ""))
    #expect(try registry.problems().map(\.rule) == [.help, .totalSuffix])
    #expect(try registry.problems().allSatisfy { $0.description.hasPrefix("paint_total: ") })
  }

  /// What promtool says of a family, as the rule of ours that finds the same.
  private static let wordings: [(saying: String, rule: Rule)] = [
    ("no help text", .help), ("use base unit", .baseUnit), ("abbreviated units", .abbreviation),
    ("should have \"_total\" suffix", .counterSuffix), ("should not have \"_total\" suffix", .totalSuffix),
    ("\"_bucket\" suffix", .reservedSuffix), ("\"_count\" suffix", .reservedSuffix),
    ("\"_sum\" suffix", .reservedSuffix), ("\"le\" label", .reservedLabel), ("\"quantile\" label", .reservedLabel),
    ("should not include type", .typeInName), ("should not contain ':'", .colon), ("not 'camelCase'", .camelCase),
  ]

  private struct Finding: Hashable {
    let family: String
    let rule: Rule
  }

  /// Every kind of mistake in every type: words where they count and where they do not.
  private static func badPage() -> String {
    let words = [
      "seconds", "milliseconds", "kilometers", "gigabytes", "kibigrams", "minutes", "bits", "kelvins", "thermometers",
      "ms", "kb", "s", "MB", "counter", "Gauge", "summary_of", "gauge_histogram", "total", "bucket", "count", "sum",
      "camelCase", "a:b", "days", "Seconds", "h", "ounces", "metres", "picovolts", "d",
    ]
    let types = ["counter", "gauge", "untyped", "histogram", "summary"]
    var page = ""
    for (position, word) in words.enumerated() {
      for type in types {
        let names = ["x\(position)\(type)_\(word)", "\(word)_x\(position)\(type)", "x\(position)\(type)_\(word)_y"]
        for (index, name) in names.enumerated() {
          page += index == 2 ? "" : "# HELP \(name) Bad.\n"
          page += "# TYPE \(name) \(type)\n"
          switch type {
          case "histogram":
            let labels = index == 1 ? "quantile=\"0.5\"," : ""
            page += "\(name)_bucket{\(labels)le=\"+Inf\"} 1\n\(name)_sum\(index == 1 ? "{quantile=\"0.5\"}" : "") 1\n"
            page += "\(name)_count\(index == 1 ? "{quantile=\"0.5\"}" : "") 1\n"
          case "summary": page += "\(name){quantile=\"0.5\"\(index == 1 ? ",le=\"1\"" : "")} 1\n"
          default: page += "\(name){\(["le", "quantile", "labelName"][index])=\"1\"} 1\n"
          }
        }
      }
    }
    return page
  }

  @Test("all that promtool finds we find, and of its rules nothing that it does not")
  func promtool() async throws {
    let page = Self.badPage()
    let output = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: page)
    #expect(output.status == 3)
    let said = output.standardError.split(separator: "\n")
    let theirs = Set(
      try said.map { line in
        let wording = try #require(Self.wordings.first { line.contains($0.saying) }, "\(line)")
        return Finding(family: String(line.prefix { $0 != " " }), rule: wording.rule)
      })
    let ours = Set(try ExpositionText(page).problems().map { Finding(family: $0.family, rule: $0.rule) })
    #expect(theirs.subtracting(ours) == [])
    #expect(ours.subtracting(theirs) == [])
    #expect(Set(theirs.map(\.rule)) == Set(Self.wordings.map(\.rule)))
    #expect(theirs.count > 500)
  }
}
