import Testing

@Suite("Tidy: dead files")
struct DeadFileTests {
  @Test("every file of the tree is used by another")
  func tree() {
    let problems = DeadFiles.problems(in: SourceTree.repository.sources)
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  private static let user = SourceFile("Sources/User.swift", "import A\nlet used = Alive().helper()\n")
  private static let main = SourceFile("Sources/a/main.swift", "print(used)\n")

  @Test(
    "a file that nobody mentions is reported",
    arguments: [
      "struct Dead {\n  func helper() {}\n}\n", "enum Dead {}\n// Alive\n",
      "extension Int {\n  var dead: Int { 1 }\n}\n",
      "func dead() {}\n", "private struct Own {\n  var alive: Int\n}\nextension Int {\n  var dead: Own { Own() }\n}\n",
      "protocol Dead {}\nlet dead = \"Alive\"\n",
    ])
  func canary(text: String) {
    let files = [SourceFile("Sources/Dead.swift", text), SourceFile("Sources/Alive.swift", "struct Alive {}\n")]
    let problems = DeadFiles.problems(in: files + [Self.user, Self.main])
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("Sources/Dead.swift: ") == true)
  }

  @Test(
    "one that another mentions is not, nor one that adds a conformance",
    arguments: [
      "struct Alive {\n  let a = 1\n}\nstruct Detail {}\n", "extension Int {\n  func helper() {}\n}\n",
      "private struct Own {}\nextension Int {\n  func helper() -> Own { Own() }\n}\n",
      "extension Other: Codable {\n  var a: Int { 1 }\n}\n",
    ])
  func innocent(text: String) {
    #expect(DeadFiles.problems(in: [SourceFile("Sources/Some.swift", text), Self.user, Self.main]) == [])
  }
}
