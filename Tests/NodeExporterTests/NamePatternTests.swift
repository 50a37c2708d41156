import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Name patterns")
struct NamePatternTests {
  private static let flag = Flag("collector.x.device-include", placeholder: "REGEXP", "Cuáles sí.")
  private static let other = Flag("collector.x.device-exclude", placeholder: "REGEXP", "Cuáles no.")

  private func flags(_ arguments: String...) throws -> FlagValues {
    try FlagValues(arguments, flags: [Self.flag, Self.other], environment: [:])
  }

  @Test(
    "a pattern is found anywhere unless it is anchored, as RE2 has it",
    arguments: [
      ("eth", "veth0", true), ("^eth", "veth0", false), ("^eth$", "eth0", false), ("^(lo|eth\\d+)$", "eth12", true),
      ("^eth\\d+$", "eth٣", false), ("(?i)^LO$", "lo", true), ("^(?:[a-c]|x{2,3})y?$", "xx", true), (".*", "", true),
      ("^(?P<name>dm)-", "dm-1", true), ("[[:digit:]]", "sda", false),
    ])
  func matches(pattern: String, name: String, isFound: Bool) throws {
    let pattern = try NamePattern(pattern, of: Self.flag)
    #expect(pattern.matches(name) == isFound)
    #expect(pattern.matches(name) == isFound, "the remembered answer is another")
  }

  @Test("a pattern that cannot be read is a mistake that names the flag")
  func wrong() {
    #expect(throws: FlagMistake("--collector.x.device-include no es una expresión regular válida: eth(")) {
      try NamePattern("eth(", of: Self.flag)
    }
  }

  @Test("more names than are remembered are still answered rightly")
  func manyNames() throws {
    let pattern = try NamePattern("7$", of: Self.flag)
    for number in 0..<10_000 where pattern.matches("veth\(number)") != (number % 10 == 7) {
      Issue.record("veth\(number)")
    }
  }

  @Test("a filter includes, excludes, or lets everything pass")
  func filter() throws {
    let all = try NameFilter(flags(), include: Self.flag, exclude: Self.other)
    #expect(all.allows("lo"))
    let some = try NameFilter(flags("--collector.x.device-include=^eth"), include: Self.flag, exclude: Self.other)
    #expect(some.allows("eth0"))
    #expect(!some.allows("lo"))
    let both = try NameFilter(
      flags("--collector.x.device-include=^eth", "--collector.x.device-exclude=1$"), include: Self.flag,
      exclude: Self.other)
    #expect(both.allows("eth0"))
    #expect(!both.allows("eth1"))
    #expect(!both.allows("lo"))
  }

  @Test("flags that exclude one another are refused together")
  func either() throws {
    let flags = try flags("--collector.x.device-include=a", "--collector.x.device-exclude=b")
    #expect(throws: FlagMistake.self) {
      try NameFilter(flags, eitherInclude: Self.flag, orExclude: Self.other)
    }
  }
}
