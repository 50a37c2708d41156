import Testing

@testable import NodeExporter

@Suite("JSON of fixtures")
struct JSONValueTests {
  private func json(_ text: String) -> JSONValue? { Array(text.utf8).withUnsafeBytes { JSONValue(Bytes($0)) } }

  @Test("values")
  func values() throws {
    let value = try #require(json(#" { "A": [1, -2.5e3, true, null, "x\n\"\\\/" ], "b": {} , "c": [] } "#))
    #expect(
      value
        == .object([
          "a": .array([.number(1), .number(-2500), .bool(true), .null, .string("x\n\"\\/")]), "b": .object([:]),
          "c": .array([]),
        ]))
    #expect(value["a"].elements.count == 5)
    #expect(value["nothing"].double == 0)
    #expect(value["a"].text == "")
  }

  @Test(
    "what is none",
    arguments: [
      "", "{", "[1,", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"a", "\"\\", "\"\\u0041\"", "tru", "1 2", "]",
      String(repeating: "[", count: 100_000),
    ])
  func refuse(text: String) { #expect(json(text) == nil) }

  @Test("damage does no harm")
  func damaged() {
    var generator = DamageGenerator(for: "JSON")
    let whole = Array(#"[{"name": "wlan0", "n": [1.5, -3]}, {"a": {"b": null}}]"#.utf8)
    for _ in 0..<2000 { _ = generator.damaged(whole).withUnsafeBytes { JSONValue(Bytes($0)) } }
  }
}
