import Testing

@testable import JSON

@Suite struct JSONValueTests {
  private func value(_ text: String) -> JSONValue? { try? JSONValue(text.utf8) }

  @Test func everyKindOfValueIsRead() throws {
    let text = #" { "a" : [ 1 , -0.5e+2, 0, true,false , null ] , "b":{"c":"d"}, "e":[],"f":{} } "#
    #expect(
      value(text)
        == .object([
          "a": .array([1, .number(try #require(JSONNumber("-0.5e+2"))), 0, true, false, nil]),
          "b": .object(["c": .string("d")]), "e": .array([]), "f": .object([:]),
        ]))
    #expect(value(text)?["b"]?["c"]?.string == "d")
    #expect(value(text)?["a"]?.array?.first?.number?.double == 1)
    #expect(value(text)?["a"]?.array?[1].number?.double == -50)
    #expect(value(text)?["a"]?.array?[3].bool == true)
    #expect(value(text)?["z"] == nil && value("1")?["a"] == nil)
  }

  @Test func escapesAreUndone() {
    #expect(value(#""\"\\\/\b\f\n\r\t""#)?.string == "\"\\/\u{8}\u{C}\n\r\t")
    #expect(value(#""\u00f1\u0041 \ud83d\udE00 ñ😀""#)?.string == "ñA 😀 ñ😀")
  }

  @Test(
    arguments: [
      "", " ", "{", "[", "[1", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}", "tru", "nul",
      "TRUE", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "Infinity", "1 2", "[1] ]", "\"", "\"a", "\"\\",
      "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\n\"", "'a'", "//",
    ])
  func whatIsNoJSONIsRefused(_ text: String) { #expect(value(text) == nil) }

  @Test func escapesAmongPlainTextKeepTheirPlaces() {
    #expect(value(#""\nab\"c\u0041\\d\te""#)?.string == "\nab\"cA\\d\te")
    #expect(value(#"["a\nb","c","\t","","d\r"]"#)?.array?.map(\.string) == ["a\nb", "c", "\t", "", "d\r"])
  }

  @Test func noDigitOfANumberIsLost() {
    let text = "123456789012345678901234567890.000000000000000000010"
    #expect(value(text)?.number?.text == text)
    #expect(value("-0.10E-7")?.number?.text == "-0.10E-7")
    #expect(JSONNumber("1,5") == nil && JSONNumber("\"1\"") == nil && JSONNumber("") == nil)
  }

  @Test func stringsAreUTF8() {
    #expect(throws: JSONMistake.self) { try JSONValue([0x22, 0xC3, 0x28, 0x22]) }
    #expect(throws: JSONMistake.self) { try JSONValue([0xFF]) }
    #expect(throws: JSONMistake.self) { try JSONValue([0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
  }

  @Test func depthIsBounded() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(value(nested(JSONReader.maximumDepth)) != nil)
    #expect(value(nested(JSONReader.maximumDepth + 1)) == nil)
    #expect(value(String(repeating: "[", count: 1_000_000)) == nil)
    #expect(value("[" + String(repeating: "[[],{}],", count: 1000) + "1]") != nil)
  }

  @Test func damagedTextsNeverCrash() {
    let text = Array(
      #"{"Name":"/web","Config":{"Image":"a:1","x":[1,-2.5e3,null,"\u00f1\ud83d\ude00"]},"y":true}"#.utf8)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for round in 0..<20_000 {
      var bytes = text
      for _ in 0...(round % 4) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 24)
      }
      _ = try? JSONValue(bytes)
      _ = try? JSONValue(text.prefix(Int(state >> 33) % text.count))
    }
  }
}
