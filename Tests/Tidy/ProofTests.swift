import Testing

@Suite("Tidy: proofs")
struct ProofTests {
  @Test("what is unchecked in the tree has its proof")
  func tree() {
    let problems = SourceTree.repository.swift.flatMap(Proofs.problems)
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  @Test(
    "without a proof it is reported",
    arguments: [
      "final class A: @unchecked Sendable {}\n", "/// What A is.\nfinal class A: @unchecked Sendable {}\n",
      "// far away\n\nnonisolated(unsafe) var a = 0\n", "let b = 0\nnonisolated(unsafe) var a = 0\n",
    ])
  func canary(text: String) {
    #expect(Proofs.problems(in: SourceFile("Sources/A.swift", text)).count == 1)
  }

  @Test(
    "with one it is not",
    arguments: [
      "// Only touched under `mutex`.\nfinal class A: @unchecked Sendable {}\n",
      "/// What A is.\n///\n/// `@unchecked`: only touched under `mutex`.\n@frozen\nfinal class A: @unchecked Sendable {}\n",
      "let a = \"@unchecked Sendable\"\n",
    ])
  func innocent(text: String) {
    #expect(Proofs.problems(in: SourceFile("Sources/A.swift", text)) == [])
  }
}
