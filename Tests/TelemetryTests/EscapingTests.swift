import Telemetry
import TestSupport
import Testing

/// https://prometheus.io/docs/instrumenting/escaping_schemes/ and the examples of prometheus/common.
@Suite("Escaping of names")
struct EscapingTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let underscores: String
    let dots: String
    let values: String
    init(_ name: String, underscores: String, dots: String, values: String) {
      (self.name, self.underscores, self.dots, self.values) = (name, underscores, dots, values)
    }
    var testDescription: String { name }
  }

  static let examples = [
    // The specification's own.
    Example(
      "metric.name/with/slashes", underscores: "metric_name_with_slashes", dots: "metric_dot_name__with__slashes",
      values: "U__metric_2e_name_2f_with_2f_slashes"),
    Example(
      "metric.name.with.dots", underscores: "metric_name_with_dots", dots: "metric_dot_name_dot_with_dot_dots",
      values: "U__metric_2e_name_2e_with_2e_dots"),
    Example("metric.name", underscores: "metric_name", dots: "metric_dot_name", values: "U__metric_2e_name"),
    // The reference's.
    Example("", underscores: "", dots: "", values: ""),
    Example(
      "no:escaping_required", underscores: "no:escaping_required", dots: "no:escaping__required",
      values: "no:escaping_required"),
    Example(
      "cpu.load_total", underscores: "cpu_load_total", dots: "cpu_dot_load__total", values: "U__cpu_2e_load__total"),
    Example(
      "http.status:sum", underscores: "http_status:sum", dots: "http_dot_status:sum", values: "U__http_2e_status:sum"),
    Example(
      "label with 😱", underscores: "label_with__", dots: "label__with____", values: "U__label_20_with_20__1f631_"),
    Example("花火", underscores: "__", dots: "____", values: "U___82b1__706b_"),
    Example(
      "label with \u{100}", underscores: "label_with__", dots: "label__with____", values: "U__label_20_with_20__100_"),
    // The first character may be no digit.
    Example("1a", underscores: "_a", dots: "__a", values: "U___31_a"),
    // Two scalars that Swift holds for one character.
    Example("e\u{301}", underscores: "e_", dots: "e__", values: "U__e_301_"),
  ]

  @Test("as the specification and the reference write them", arguments: examples)
  func table(example: Example) {
    #expect(EscapingScheme.underscores.escape(example.name) == example.underscores)
    #expect(EscapingScheme.dots.escape(example.name) == example.dots)
    #expect(EscapingScheme.values.escape(example.name) == example.values)
    #expect(EscapingScheme.allowUTF8.escape(example.name) == example.name)
  }

  @Test("a label's name has no colon")
  func labels() {
    #expect(EscapingScheme.underscores.escape(label: "a:b") == "a_b")
    #expect(EscapingScheme.dots.escape(label: "a:b") == "a__b")
    #expect(EscapingScheme.values.escape(label: "a:b") == "U__a_3a_b")
    #expect(EscapingScheme.allowUTF8.escape(label: "a:b") == "a:b")
  }

  @Test("any name becomes a legal one, and values and dots can be read back")
  func roundTrip() throws {
    var random = SeededGenerator(for: "escaping of names")
    let plain = Array("abzAZ019_:..__")
    for _ in 0..<1500 {
      let any = "x" + random.text(maximumCount: 12)
      for scheme in [EscapingScheme.underscores, .dots, .values] {
        #expect(scheme.escape(any).wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil, "\(any), seed \(random.seed)")
        #expect(
          scheme.escape(label: any).wholeMatch(of: /[a-zA-Z_][a-zA-Z0-9_]*/) != nil, "\(any), seed \(random.seed)")
      }
      let values = EscapingScheme.values.escape(any)
      #expect(readValues(values).map { Array($0.utf8) } == Array(any.utf8), "\(any), seed \(random.seed)")
      let dotted = "x" + String((0..<10).compactMap { _ in plain.randomElement(using: &random) })
      #expect(readDots(EscapingScheme.dots.escape(dotted)) == dotted, "seed \(random.seed)")
    }
  }

  /// `U__` and, for each `_hex_`, the scalar; nil where it is not well formed.
  private func readValues(_ text: String) -> String? {
    guard text.hasPrefix("U__") else { return text }
    var (rest, name) = (text.dropFirst(3), "")
    while let first = rest.popFirst() {
      guard first == "_" else {
        name.append(first)
        continue
      }
      let digits = rest.prefix { $0 != "_" }
      rest = rest.dropFirst(digits.count)
      guard rest.popFirst() == "_" else { return nil }
      guard !digits.isEmpty else {
        name.append("_")
        continue
      }
      guard let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else { return nil }
      name.unicodeScalars.append(scalar)
    }
    return name
  }

  private func readDots(_ text: String) -> String {
    text.replacing(/_dot_|__/) { $0.output == "__" ? "_" : "." }
  }
}
