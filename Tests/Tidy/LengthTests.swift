import Testing

@Suite("Tidy: lengths")
struct LengthTests {
  @Test("functions and files of the tree are short")
  func tree() {
    let tree = SourceTree.repository
    let problems = (tree.sources + tree.tests).flatMap(Lengths.problems)
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  private func function(_ head: String, lines: Int) -> String {
    "\(head) {\n\(String(repeating: "  x()\n", count: lines - 2))}\n"
  }

  @Test(
    "a function of 71 lines is reported, one of 70 is not",
    arguments: [
      "func a()", "init?(_ b: [Int] = [])", "deinit", "subscript(a: Int) -> Int", "var a: [Int]",
      "func a<T>(\n  b: (T) -> Void = { _ in }\n) async throws\n  -> T where T: B",
    ])
  func functions(head: String) {
    let own = head.split(separator: "\n").count - 1
    #expect(Lengths.problems(in: SourceFile("Sources/A.swift", function(head, lines: 70 - own))) == [])
    #expect(Lengths.problems(in: SourceFile("Sources/A.swift", function(head, lines: 71 - own))).count == 1)
  }

  @Test("a protocol's requirement has no body, and takes none from its neighbour")
  func requirements() {
    let text =
      "protocol P {\n  func a()\n  var b: Int { get }\n  init(c: Int)\n}\nextension P {\n  func d() {\n  }\n}\n"
    let found = Lengths.functions(in: text).map { "\($0.name) \($0.lines)" }
    #expect(found == ["var b: Int 1", "func d 2"])
  }

  @Test("braces in strings and comments do not count")
  func braces() {
    let text = SwiftText.code(of: "func a() {\n  b(\"}\") // }\n}\nfunc c() {}\n")
    #expect(Lengths.functions(in: text).map(\.lines) == [3, 1])
  }

  @Test("a file of 301 lines is reported, one of 300 is not")
  func files() {
    #expect(Lengths.problems(in: SourceFile("Sources/A.swift", String(repeating: "\n", count: 300))) == [])
    #expect(Lengths.problems(in: SourceFile("Sources/A.swift", String(repeating: "\n", count: 301))).count == 1)
  }
}
