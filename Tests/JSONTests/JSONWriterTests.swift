import Foundation
import JSON
import Testing

@Suite struct JSONWriterTests {
  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try JSONWriter.bytes(of: value), as: UTF8.self)
  }

  private struct Inner: Encodable {
    let list: [String]
    let nothing: Int?
  }

  private struct Empty: Encodable {}

  private struct Outer: Encodable {
    let z = 1
    let a = "b"
    let inner: [Inner]
    let empty = Empty()
    let flags = [true, false]
    let none: [Int] = []
    let number = JSONNumber(units: -12_050, decimals: 3)
    let last: UInt64 = .max
  }

  @Test func membersStandInTheOrderOfTheirDeclaration() throws {
    let value = Outer(inner: [Inner(list: ["x", "y"], nothing: nil), Inner(list: [], nothing: 7)])
    #expect(
      try text(value)
        == #"{"z":1,"a":"b","inner":[{"list":["x","y"]},{"list":[],"nothing":7}],"empty":{},"#
        + #""flags":[true,false],"none":[],"number":-12.05,"last":18446744073709551615}"#)
  }

  @Test func aValueByItselfIsAText() throws {
    #expect(try text("a") == #""a""#)
    #expect(try text(1.5) == "1.5")
    #expect(try text(true) == "true")
    #expect(try text([Int]()) == "[]")
    #expect(try text(Empty()) == "{}")
    #expect(try text([Int?.some(1), nil]) == "[1,null]")
    #expect(try text(JSONValue.null) == "null")
  }

  @Test func equalValuesAreEqualTexts() throws {
    let value: JSONValue = ["b": [1, nil, ["d": "e", "c": false]], "a": "x"]
    #expect(try text(value) == #"{"a":"x","b":[1,null,{"c":false,"d":"e"}]}"#)
    #expect(try JSONValue(text(value).utf8) == value)
  }

  private struct Nested: Encodable {
    enum Key: String, CodingKey { case object, list, after }

    func encode(to encoder: any Encoder) throws {
      var members = encoder.container(keyedBy: Key.self)
      var object = members.nestedContainer(keyedBy: Key.self, forKey: .object)
      try object.encode(1, forKey: .after)
      var list = members.nestedUnkeyedContainer(forKey: .list)
      try list.encode(2)
      var inner = list.nestedContainer(keyedBy: Key.self)
      try inner.encodeNil(forKey: .after)
      _ = list.nestedUnkeyedContainer()
      try list.encode(Inner(list: [], nothing: nil))
      try members.encode("end", forKey: .after)
    }
  }

  @Test func containersWithinContainersEndWhereTheNextBegins() throws {
    #expect(try text(Nested()) == #"{"object":{"after":1},"list":[2,{"after":null},[],{"list":[]}],"after":"end"}"#)
    #expect(try text([Nested(), Nested()]).hasSuffix(#""after":"end"}]"#))
  }

  /// Every scalar of the first two planes, against Foundation's reader.
  @Test func everyTextIsReadAsItWasWritten() throws {
    let scalars = (0..<0x2_0000).compactMap(Unicode.Scalar.init)
    for start in stride(from: 0, to: scalars.count, by: 97) {
      var written = ""
      written.unicodeScalars.append(contentsOf: scalars[start..<min(start + 97, scalars.count)])
      let read = try JSONDecoder().decode([String].self, from: Data(JSONWriter.bytes(of: [written])))
      #expect(read.first.map { Array($0.unicodeScalars) } == Array(written.unicodeScalars))
      #expect(try JSONValue(JSONWriter.bytes(of: written)).string == written)
    }
  }

  @Test(arguments: [
    (0, 0, "0"), (7, 0, "7"), (0, 3, "0"), (5, 3, "0.005"), (-5, 3, "-0.005"), (1_000, 3, "1"), (1_250, 3, "1.25"),
    (-999, 2, "-9.99"), (100, 2, "1"), (Int64.max, 3, "9223372036854775.807"), (Int64.min, 2, "-92233720368547758.08"),
  ])
  func fractionsHaveTheDigitsThatTheyNeed(_ units: Int64, _ decimals: Int, _ expected: String) throws {
    #expect(JSONNumber(units: units, decimals: decimals).text == expected)
  }

  @Test func doublesAreTheShortestThatReadTheSame() throws {
    for value: Double in [0.1, -1e300, .leastNonzeroMagnitude, 1e16, 123_456.789, -0.0, 3] {
      let read = try JSONDecoder().decode([Double].self, from: Data(JSONWriter.bytes(of: [value])))
      #expect(read.map(\.bitPattern) == [value.bitPattern])
    }
    #expect(throws: EncodingError.self) { try text(Double.nan) }
    #expect(throws: EncodingError.self) { try text([Double.infinity]) }
  }

  @Test func anEncoderThatWouldMakeAFloatOfANumberIsRefused() {
    #expect(throws: EncodingError.self) { try JSONEncoder().encode([JSONNumber(1)]) }
  }
}
