import ServiceKit
import Testing

/// RFC 4180, however the bytes are cut.
@Suite struct CSVParserTests {
  private func records(_ text: String, pieces: Int) throws -> [[String]] {
    var parser = CSVParser()
    var records: [CSVParser.Record] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      records += try parser.read(bytes[start..<min(start + pieces, bytes.count)])
    }
    if let last = try parser.finish() { records.append(last) }
    return records.map(\.fields)
  }

  @Test(arguments: [1, 2, 3, 1_000])
  func readsWhatTheStandardShows(pieces: Int) throws {
    let cases: [(String, [[String]])] = [
      ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
      ("\"a, b\",\"c\"\"d\"\r\n", [["a, b", "c\"d"]]), ("\"a\r\nb\",c\r\n", [["a\r\nb", "c"]]),
      (",\r\n", [["", ""]]), ("\"\"\r\n", [[""]]), ("\r\n\r\na\r\n\r\n", [["a"]]), ("", []),
      ("\u{feff}código,ñ\n", [["código", "ñ"]]), ("a,\"\"\n", [["a", ""]]), ("a,", [["a", ""]]),
    ]
    for (text, expected) in cases { #expect(try records(text, pieces: pieces) == expected, "\(text.debugDescription)") }
  }

  @Test func saysInWhichLineItBreaks() throws {
    for (text, line) in [("a\n\"b", 2), ("a\nb\"c\n", 2), ("\"a\"b\n", 1)] {
      let error = #expect(throws: CSVParser.Broken.self) { try records(text, pieces: 1_000) }
      #expect(error?.line == line, "\(text.debugDescription)")
    }
    var parser = CSVParser()
    #expect(throws: CSVParser.Broken.self) {
      _ = try parser.read(Array(repeating: UInt8(ascii: "x"), count: CSVParser.maximumRecordBytes + 1))
    }
  }

  @Test func aRecordKnowsItsLine() throws {
    var parser = CSVParser()
    let records = try parser.read(Array("h\n\"a\nb\"\nc\n".utf8))
    #expect(records.map(\.line) == [1, 2, 4])
  }

  @Test func writesWhatItReads() throws {
    let fields = ["a", "b,c", "d\"e", "f\r\ng", "", "ñandú", "-12.50"]
    #expect(try records(CSVText.row(fields), pieces: 7) == [fields])
  }

  /// A spreadsheet would run it.
  @Test(arguments: ["=1+1", "@x", "+cmd", "-2+3"])
  func aFormulaIsText(text: String) { #expect(CSVText.row([text]) == "'\(text)\r\n") }
}
