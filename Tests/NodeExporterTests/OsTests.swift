import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector os")
struct OsTests {
  private static let text = """
    # A comment.
    NAME="Trastero \\"Gris\\""
    ID=trastero
    ID_LIKE='gris azul'
    VERSION_ID="12.3.4"
    PRETTY_NAME="Trastero 12"
    SUPPORT_END=2028-02-29

    """

  @Test("the labels, the version's first two parts, and the end of support")
  func whole() throws {
    let tree = try ProcfsTree(["root/usr/lib/os-release": Self.text])
    let page = try tree.read(OsCollector.self)
    #expect(page.count == 3)
    #expect(page[#"node_os_version{id="trastero",id_like="gris azul",name="Trastero "Gris""}"#] == 12.3)
    // 58 years of 365 days, 15 leap days until 2028 (1972 to 2024 are 14, this one not counted), 59 days into the year.
    #expect(page["node_os_support_end_timestamp_seconds"] == Double(58 * 365 + 14 + 59) * 86_400)
    let labels =
      #"build_id="",id="trastero",id_like="gris azul",image_id="",image_version="",name="Trastero "Gris"","#
      + #"pretty_name="Trastero 12",variant="",variant_id="",version="",version_codename="",version_id="12.3.4""#
    #expect(page["node_os_info{\(labels)}"] == 1)
  }

  @Test("the file in /etc comes first, and neither is nothing to read")
  func places() throws {
    let tree = try ProcfsTree(["root/usr/lib/os-release": "ID=b\n", "root/etc/os-release": "ID=a\n"])
    let page = try tree.read(OsCollector.self)
    #expect(page.keys.allSatisfy { $0.contains(#"id="a""#) })
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(OsCollector.self) }
  }

  @Test(
    "the number that a version begins with",
    arguments: [
      ("20.04", 20.04), ("9", 9), ("39-beta", 39), ("15.", 15), ("3.18.2", 3.18), ("8.x", 8), ("8a.5", 8), ("", nil),
      ("rolling", nil), (".5", nil),
    ] as [(String, Double?)])
  func versions(text: String, version: Double?) {
    #expect(OsCollector.majorMinor(text) == version)
  }

  @Test(
    "dates as seconds since 1970, and what is none",
    arguments: [
      ("1970-01-01", 0), ("1970-01-02", 86_400), ("2000-03-01", 951_868_800), ("2029-04-30", 1_872_201_600),
      ("2029-13-01", nil), ("2029-4-30", nil), ("29-04-30", nil), ("", nil), ("soon", nil), ("-029-04-30", nil),
    ] as [(String, Double?)])
  func dates(text: String, seconds: Double?) {
    #expect(OsCollector.secondsSinceEpoch(date: text) == seconds)
  }

  @Test(
    "quotes as a shell reads them",
    arguments: [
      ("plain", "plain"), ("\"a b\"", "a b"), ("\"a \\$b \\\\\"", "a $b \\"), ("'a \\ b'", "a \\ b"), ("\"", "\""),
      ("", ""), ("\"\"", ""),
    ])
  func quotes(text: String, value: String) {
    #expect(OsCollector.unquoted(text) == value)
  }
}
