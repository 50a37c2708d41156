import Testing

@Suite("Tidy: names")
struct NameTests {
  private let tree = SourceTree.repository

  @Test("no name of the tree says nothing")
  func empty() {
    let problems = Names.empty(in: tree.files)
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  @Test(
    "a name that says nothing is reported",
    arguments: [
      ("Sources/Utils/A.swift", ""), ("Sources/A/StringHelpers.swift", ""), ("Tests/A/NewParser.swift", ""),
      ("Sources/Common/A.swift", ""), ("Sources/A/B.swift", "enum TestUtilities {}\n"),
      ("Sources/A/B.swift", "struct Helper {}\n"), ("Sources/A/B.swift", "private final class NewPool {}\n"),
    ])
  func emptyCanary(path: String, text: String) {
    #expect(Names.empty(in: [SourceFile(path, text)]).count == 1)
  }

  @Test("a name that only holds such a word is not", arguments: ["Newton", "Commonwealth", "Renewal", "helperless"])
  func emptyInnocent(word: String) {
    // "Newton" begins like one; a capital must follow for the prefix to be a word of its own.
    #expect(Names.empty(in: [SourceFile("Sources/A/\(word).swift", "")]) == [])
  }

  @Test("what the catalogue has of an exporter, the exporter has under the same name")
  func mirrored() {
    let problems = Names.unmirrored(in: tree.sources)
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  @Test("a catalogue file without its collector is reported")
  func mirrorCanary() {
    let files = [
      SourceFile("Sources/Catalog/HTTP.swift", ""), SourceFile("Sources/Catalog/External/Prometheus.swift", ""),
      SourceFile("Sources/Catalog/RedisExporter/Redis.swift", "package enum Redis {}\n"),
      SourceFile("Sources/Catalog/RedisExporter/Clients.swift", "extension Redis {\n  package enum Clients {}\n}\n"),
      SourceFile("Sources/Catalog/RedisExporter/Memory.swift", "extension Redis {}\n"),
      SourceFile("Sources/Exporters/RedisExporter/Memory.swift", ""),
    ]
    #expect(
      Names.unmirrored(in: files) == [
        "Sources/Catalog/RedisExporter/Clients.swift: has no Sources/Exporters/RedisExporter/Clients.swift"
      ])
  }

  @Test("the migrations are numbered without a gap")
  func migrations() {
    let paths = tree.files.map(\.path)
    #expect(Names.misnumbered(paths) == [])
    #expect(paths.contains { $0.hasSuffix(".sql") })
  }

  @Test(
    "a gap, a duplicate and another form are reported",
    arguments: [
      ["0001_a.sql", "0003_b.sql"], ["0001_a.sql", "0001_b.sql"], ["0002_a.sql"], ["1_a.sql"], ["0001-a.sql"],
      ["0001_a.sql", "0002_B.sql"],
    ])
  func migrationCanary(names: [String]) {
    #expect(Names.misnumbered(names.map { "Sources/A/Migrations/\($0)" }).count == 1)
    #expect(Names.misnumbered(["Sources/A/Migrations/0001_a.sql", "Sources/B/Migrations/0001_a.sql"]) == [])
  }
}
