import TestSupport
import Testing

@testable import Yaml

@Suite("YamlDocument")
struct YamlDocumentTests {
  @Test("scalars, sequences and mappings keep order, place and whether they were quoted")
  func tree() throws {
    let root = try YamlDocument.parse("b: 1\na:\n  - x\n  - 'y'\n")
    guard case .mapping(let entries) = root.content else { throw TestSupportError("no mapping") }
    #expect(entries.map(\.key) == ["b", "a"])
    #expect(entries.map(\.line) == [1, 2])
    #expect(entries[0].value == YamlNode(.scalar("1", isPlain: true), line: 1, column: 4))
    #expect(
      entries[1].value.content
        == .sequence([
          YamlNode(.scalar("x", isPlain: true), line: 3, column: 5),
          YamlNode(.scalar("y", isPlain: false), line: 4, column: 5),
        ]))
  }

  @Test("the same tree in flow style, JSON included")
  func flow() throws {
    let root = try YamlDocument.parse(#"{"a": [1, true], "b": null}"#).mapping(known: ["a", "b"])
    #expect(try root["a"]?.sequence()[1].bool() == true)
    #expect(root["b"] == nil)
  }

  @Test("a block of text keeps its line ends", arguments: [("|", "a\n b\n"), (">", "a\n b\n"), ("|-", "a\n b")])
  func blocks(style: String, expected: String) throws {
    let root = try YamlDocument.parse("key: \(style)\n  a\n   b\nnext: 1\n").mapping()
    #expect(try root["key"]?.string() == expected)
  }

  @Test("a file without content is null", arguments: ["", "\n\n", "# comment\n", "---\n", "~"])
  func empty(text: String) throws {
    let root = try YamlDocument.parse(text)
    #expect(root.isNull)
    #expect(try root.mapping(known: []).entries.isEmpty)
  }

  @Test(
    "what is no YAML names its line and column",
    arguments: [
      ("a: [1, 2\nb: 3\n", 2, 2), ("a: 1\n\tb: 2\n", 2, 1), ("a: 'x\n", 2, 1), ("a: b: c\n", 1, 5),
    ])
  func malformed(text: String, line: Int, column: Int) {
    let error = #expect(throws: YamlError.self) { try YamlDocument.parse(text) }
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.description.hasPrefix("no es YAML: ") == true)
  }

  @Test("bytes that are no UTF-8 are refused")
  func encoding() {
    #expect(throws: YamlError.self) { try YamlDocument.parse(bytes: Array("a: ".utf8) + [0xFF, 0xFE]) }
    #expect(throws: YamlError.self) { try YamlDocument.parse(bytes: [0xFF, 0xFE, 0x61, 0x00]) }
  }

  @Test("a key that comes twice, one that is no text, and a second document are errors")
  func strict() {
    #expect(throws: YamlError("a: clave repetida", line: 3, column: 1)) { try YamlDocument.parse("a: 1\nb: 2\na: 3\n") }
    #expect(throws: YamlError("la clave no es un texto", line: 1, column: 3)) {
      try YamlDocument.parse("? [a]\n: 1\n")
    }
    #expect(throws: YamlError("hay más de un documento", line: 2, column: 1)) {
      try YamlDocument.parse("a: 1\n---\nb: 2\n")
    }
  }

  @Test("an alias stands for what its anchor marks, and one without is an error")
  func aliases() throws {
    let root = try YamlDocument.parse("a: &x {n: 1}\nb: *x\n").mapping()
    #expect(try root["b"]?.mapping(known: ["n"])["n"]?.integer(in: 0...9) == 1)
    #expect(throws: YamlError.self) { try YamlDocument.parse("a: *x\n") }
    #expect(throws: YamlError.self) { try YamlDocument.parse("a: &x [*x]\n") }
  }

  @Test("few bytes do not become a large tree")
  func bomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let items = repeatElement("*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    let start = ContinuousClock.now
    let error = #expect(throws: YamlError.self) { try YamlDocument.parse(text) }
    #expect(error?.reason == "hay más de 20000 valores")
    #expect(ContinuousClock.now - start < .seconds(1))
  }

  @Test("bytes, depth, values and anchors have limits")
  func limits() throws {
    var limits = YamlLimits()
    limits.maximumBytes = 4
    #expect(throws: YamlError.self) { try YamlDocument.parse("a: 12", limits: limits) }
    #expect(try YamlDocument.parse("a: 1", limits: limits).mapping()["a"]?.string() == "1")

    let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
    #expect(throws: YamlError("hay más de 32 niveles", line: 1, column: 34)) {
      try YamlDocument.parse("[" + deep + "]")
    }
    #expect(throws: Never.self) { try YamlDocument.parse(deep) }
    let abyss = String(repeating: "[", count: 100_000)
    #expect(throws: YamlError.self) { try YamlDocument.parse(abyss) }

    limits = YamlLimits()
    limits.maximumNodes = 3
    #expect(throws: Never.self) { try YamlDocument.parse("[1, 2]", limits: limits) }
    #expect(throws: YamlError.self) { try YamlDocument.parse("[1, 2, 3]", limits: limits) }
    limits.maximumAnchors = 1
    #expect(throws: YamlError.self) { try YamlDocument.parse("[&a 1, &b 2]", limits: limits) }
  }

  @Test("no prefix and no changed byte of a file crashes the reader")
  func mutations() {
    let text = Array("a: &x {b: [1, 'two', \"thr\\x65e\"]}\nc: |\n  text\nd: *x\n# end\n".utf8)
    var random = SeededGenerator(for: "changed YAML")
    for count in 0...text.count { _ = try? YamlDocument.parse(bytes: Array(text.prefix(count))) }
    for _ in 0..<2_000 {
      var changed = text
      for _ in 0..<3 { changed[Int.random(in: 0..<text.count, using: &random)] = .random(in: 0...255, using: &random) }
      _ = try? YamlDocument.parse(bytes: changed)
    }
  }
}
