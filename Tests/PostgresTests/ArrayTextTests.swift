import Testing

@testable import Postgres

@Suite("PostgreSQL's array text")
struct ArrayTextTests {
  @Test("Elements, quotes, escapes and NULL")
  func elements() {
    #expect(ArrayText.elements(of: "{}") == [])
    #expect(ArrayText.elements(of: "{1,-2}") == ["1", "-2"])
    #expect(ArrayText.elements(of: "{NULL,\"NULL\",\"\"}") == [nil, "NULL", ""])
    #expect(ArrayText.elements(of: #"{"a,b","{}","q\"\\",ñ}"#) == ["a,b", "{}", "q\"\\", "ñ"])
  }

  @Test(
    "Anything else is refused",
    arguments: ["", "{", "}", "1", "{1", "{1,}", "{,1}", "{\"a}", "{\"a\"b}", "{{1},{2}}", "[0:1]={1,2}", "{\"a\\"])
  func malformed(_ text: String) { #expect(ArrayText.elements(of: text) == nil) }

  @Test("Bytes in hexadecimal", arguments: ["", "\\x0", "\\xzz", "00"])
  func malformedBytes(_ text: String) { #expect([UInt8](postgresText: text) == nil) }

  @Test("Element types are checked")
  func types() {
    #expect([Int](postgresText: "{1,x}") == nil)
    #expect([Int](postgresText: "{1,NULL}") == nil)
    #expect([Int?](postgresText: "{1,NULL}") == [1, nil])
    #expect([UInt8](postgresText: "\\x00fFA0") == [0, 255, 160])
  }
}
