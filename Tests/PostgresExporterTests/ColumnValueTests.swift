import Postgres
import Testing

@testable import PostgresExporter

@Suite("Column values")
struct ColumnValueTests {
  @Test(
    "instants are whole seconds since the epoch, at the offset that the text names",
    arguments: [
      ("1970-01-01 00:00:00+00", 0), ("1970-01-01", 0), ("2000-02-29", 951_782_400),
      ("2026-11-28 14:05:06.78-03:30", 1_795_887_306), ("2026-11-28 17:35:06", 1_795_887_306),
      ("1969-12-31 23:59:59+00", -1), ("2026-11-28 18:35:06+01", 1_795_887_306),
    ])
  func instants(_ text: String, _ seconds: Int) { #expect(ColumnValue.instant(text) == seconds) }

  @Test(
    "what is no instant is none",
    arguments: [
      "", "infinity", "-infinity", "2026-13-01", "0044-03-15 BC", "2026-11-28 x", "28/11/2026", "2026-11-28 1:2:3:4",
    ])
  func noInstants(_ text: String) { #expect(ColumnValue.instant(text) == nil) }

  @Test("numbers, truth values, texts and NULL as the standard exporter has them")
  func values() {
    let text = PostgresType(oid: 25)
    #expect(ColumnValue.number("1.5e3", text) == 1500)
    #expect(ColumnValue.number("t", .bool) == 1)
    #expect(ColumnValue.number("f", .bool) == 0)
    #expect(ColumnValue.number("t", text) == nil)
    #expect(ColumnValue.number(nil, text)?.isNaN == true)
    #expect(ColumnValue.number("2000-02-29", PostgresType(oid: 1082)) == 951_782_400)
    #expect(ColumnValue.label(nil, text) == "")
    #expect(ColumnValue.label("t", .bool) == "true")
    #expect(ColumnValue.label("t", text) == "t")
    #expect(ColumnValue.label("2000-02-29 00:00:00+00", PostgresType(oid: 1184)) == "951782400")
  }
}
