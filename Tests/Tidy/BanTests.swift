import Testing

@Suite("Tidy: bans")
struct BanTests {
  @Test("the tree keeps it", arguments: Ban.all)
  func tree(ban: Ban) {
    let problems = SourceTree.repository.files.flatMap(ban.problems)
    #expect(problems.isEmpty, "\(ban): \(problems.joined(separator: "\n"))")
  }

  @Test("its canary is reported, with the line and what is written instead", arguments: Ban.all)
  func canary(ban: Ban) throws {
    let problems = ban.problems(in: SourceFile(ban.canaryPath, "import A\n\n\(ban.canary)"))
    #expect(problems.count == 1)
    let problem = try #require(problems.first)
    #expect(problem.hasPrefix("\(ban.canaryPath):3: "))
    #expect(problem.hasSuffix(ban.instead))
  }

  @Test("what only looks like it is not", arguments: Ban.all)
  func innocent(ban: Ban) {
    #expect(ban.problems(in: SourceFile(ban.canaryPath, ban.innocent)) == [])
    #expect(ban.problems(in: SourceFile("elsewhere/A.swift", ban.canary)) == [])
  }

  @Test("the tree that is read is the repository")
  func repository() {
    let tree = SourceTree.repository
    #expect(tree.sources.contains { $0.path == "Sources/Model/MetricModel/Family.swift" })
    #expect(tree.tests.contains { $0.path == "Tests/Tidy/BanTests.swift" })
    #expect(tree.files.contains { $0.path == "Package.swift" })
  }
}

@Suite("Tidy: Swift without comments and strings")
struct SwiftTextTests {
  @Test(
    "only code is left",
    arguments: [
      ("a // b!\nc", "a      \nc"), ("a /* b /* c */ d! */ e", "a" + String(repeating: " ", count: 20) + "e"),
      (#"x("a!b")!"#, #"x("   ")!"#), (#"x("a\"b!")"#, #"x("     ")"#), (#"x("a\(b!)c!")"#, #"x("  (b!)  ")"#),
      (#"x("\(y("z!"))!")"#, #"x(" (y("  ")) ")"#), (##"x(#"a"b!"#)"##, ##"x(#"    "#)"##),
      ("x(\"\"\"\n  a! \"b!\"\n  \"\"\")!", "x(\"\"\"\n         \n  \"\"\")!"), (#"a(/b"!/, c!)"#, "a(/   /, c!)"),
      ("a / b!\nc / d", "a / b!\nc / d"),
    ])
  func strips(text: String, code: String) {
    #expect(SwiftText.code(of: text) == code)
  }
}
