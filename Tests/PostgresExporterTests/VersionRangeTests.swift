import Testing

@testable import PostgresExporter

@Suite("Version ranges")
struct VersionRangeTests {
  @Test(
    "comparisons, all of an alternative, any of the alternatives",
    arguments: [
      (">=13.0.0", 150_018, true), (">=15.18.0", 150_018, true), (">15.18.0", 150_018, false),
      ("<15.18.0", 150_018, false), ("<=15.18.0", 150_018, true), (">=13.0.0 <15.0.0", 150_018, false),
      (">=13.0.0 <15.0.0 || >=15.0.0", 150_018, true), ("!=15.18.0", 150_018, false), ("! 15.17.0", 150_018, true),
      ("15.18.0", 150_018, true), ("=15.18.0", 150_018, true), (">= 10.0.0", 150_018, true),
      ("15.x", 150_018, true), ("14.x.x", 150_018, false), (">=16", 150_018, false), (">15.x", 150_018, false),
      ("<=15", 150_018, true), ("<9.2.0", 130_002, false), ("*", 130_002, true), (">=9.4.0 <10.0.0", 130_002, false),
    ])
  func ranges(_ text: String, _ version: Int, _ isIn: Bool) {
    #expect(VersionRange(text)?.contains(version) == isIn)
  }

  @Test(
    "what is no range is refused", arguments: ["", " ", "abc", ">=", ">=1.2.3.4", "1.-2", ">=13 ||", "|| >=13", "1..2"])
  func refused(_ text: String) { #expect(VersionRange(text) == nil) }
}
