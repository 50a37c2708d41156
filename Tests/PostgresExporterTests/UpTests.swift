import Testing

@testable import PostgresExporter

@Suite("Up")
struct UpTests {
  @Test(
    "versions as the standard exporter writes them",
    arguments: [(150_018, "15.18.0"), (170_000, "17.0.0"), (130_002, "13.2.0")])
  func shortVersion(_ number: Int, _ text: String) { #expect(UpCollector.shortVersion(number) == text) }
}
