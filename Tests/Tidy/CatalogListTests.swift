import Testing

@Suite("Tidy: catalogue")
struct CatalogListTests {
  private let catalogue = SourceTree.repository.sources.filter { $0.isInside(["Sources/Catalog"]) }

  @Test("every family that is declared is in its list, every list in the catalogue's")
  func lists() {
    let problems = CatalogLists.problems(in: catalogue)
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  @Test("no way to declare a family is overlooked")
  func ways() {
    for file in catalogue {
      #expect(CatalogLists.mentions(in: file.code) == CatalogLists.families(in: file.code).count, "\(file.path)")
    }
    #expect(catalogue.flatMap { CatalogLists.families(in: $0.code) }.count >= 40)
  }

  @Test("every closed label of the catalogue is among those that the tests of labels walk through")
  func closedLabels() throws {
    let tests = try #require(SourceTree.repository.tests.first { $0.name == "ClosedLabelTests.swift" })
    let tested = Set(tests.code.matches(#"\b(\w+)\.self\b"#).map { $0.groups[1] })
    let declared = CatalogLists.closedLabels(in: catalogue)
    #expect(declared.contains("HTTPStatus"))
    #expect(declared.subtracting(tested) == [])
  }

  @Test("a family that is in no list is reported, and so is a list")
  func canary() {
    let files = [
      SourceFile(
        "Sources/Catalog/Catalog.swift", "package enum Catalog {\n  static let all: [A] =\n    One.all + Two.all\n}\n"),
      SourceFile(
        "Sources/Catalog/One.swift",
        """
        package enum One {
          package static let listed = Family<Counter, A>("a_total", "A.")
          package static let left = Family<Counter, A>("b_total", "B.")
          package static func made(_ of: String) -> Family<Info, B> { Family(of, "C.") }

          package static let all = [listed.descriptor]
        }
        """),
      SourceFile("Sources/Catalog/Three.swift", "package enum Three {\n  package static let all: [A] = []\n}\n"),
    ]
    #expect(
      CatalogLists.problems(in: files) == [
        "Sources/Catalog/One.swift: left is not in its file's list `all`",
        "Sources/Catalog/One.swift: made is not in its file's list `all`",
        "Sources/Catalog/Three.swift: its list is in no other list",
      ])
  }
}
