import Testing

@testable import NodeExporter

@Suite("Names that drivers choose")
struct MetricNameTests {
  /// Each by hand from the pattern `_*[^0-9A-Za-z_]+_*`, replaced from left to right.
  @Test(
    "one underscore for what is outside the alphabet and the underscores around it",
    arguments: [
      ("rx_bytes", "rx_bytes"), ("a.b", "a_b"), ("a _- b", "a__b"), ("a__b", "a__b"), ("a__-__b", "a_b"),
      ("a_-_-b", "a__b"), ("[0]", "_0_"), ("", ""), ("ñ", "_"), ("__", "__"),
    ])
  func sanitized(text: String, name: String) { #expect(MetricName.sanitized(text) == name) }
}
