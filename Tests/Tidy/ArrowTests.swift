import Testing

@Suite("Tidy: arrows")
struct ArrowTests {
  @Test("every import is declared, and every declared arrow is used")
  func tree() throws {
    let tree = SourceTree.repository
    let manifest = try #require(tree.files.first { $0.path == "Package.swift" })
    let arrows = Arrows(manifest: manifest.text)
    #expect(arrows.targets.count > 20)
    let problems = arrows.problems(in: tree.swift)
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  private static let manifest = """
    let low = library("Low", in: "Model")
    let high = library(
      "High", in: "Web",
      uses: [
        "Low", .logging,
      ] + sockets())
    let bundled = library("Bundled", uses: ["Low"], resources: [.embedInCode("High")])
    let main = executable("high-main", in: "Web", uses: ["High"])
    let tests = [
      .target(name: "TestSupport", dependencies: ["Low"], path: "Tests/Support"),
      testing("HighTests", uses: ["High"]),
    ]
    static var logging: Self { .product(name: "Logging", package: "swift-log") }
    func sockets() -> [Target.Dependency] {
      ["NIOCore", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }
    }
    func library(_ name: String, uses: [Target.Dependency] = []) -> Target { .target(name: name, dependencies: uses) }
    """

  private static let clean = [
    SourceFile("Sources/Model/Low/A.swift", "import Synchronization\n"),
    SourceFile("Sources/Web/High/A.swift", "import Low\npackage import Logging\nimport struct NIOCore.ByteBuffer\n"),
    SourceFile("Sources/Web/High/B.swift", "import NIOPosix\n// import Nowhere\n"),
    SourceFile("Sources/Bundled/A.swift", "import Low\n"),
    SourceFile("Sources/Web/high-main/main.swift", "import High\n"),
    SourceFile("Tests/Support/A.swift", "import Low\n"),
    SourceFile("Tests/HighTests/A.swift", "@testable import High\n"),
  ]

  @Test("a manifest is understood")
  func manifest() {
    let targets = Arrows(manifest: Self.manifest).targets
    #expect(targets.map(\.name) == ["Low", "High", "Bundled", "high-main", "TestSupport", "HighTests"])
    #expect(
      targets.map(\.folder).prefix(4) == [
        "Sources/Model/Low", "Sources/Web/High", "Sources/Bundled", "Sources/Web/high-main",
      ])
    #expect(targets[1].uses == ["Low", "Logging", "NIOCore", "NIOPosix"])
    #expect(targets[2].uses == ["Low"])
    #expect(Arrows(manifest: Self.manifest).problems(in: Self.clean) == [])
  }

  @Test(
    "an arrow that is not declared is reported",
    arguments: [
      ("Sources/Model/Low/B.swift", "import High\n"), ("Sources/Model/Low/B.swift", "public import Logging\n"),
      ("Sources/Web/high-main/B.swift", "import Low\n"), ("Tests/HighTests/B.swift", "@testable import Low\n"),
      ("Sources/Nowhere/B.swift", ""),
    ])
  func undeclared(path: String, text: String) {
    let problems = Arrows(manifest: Self.manifest).problems(in: Self.clean + [SourceFile(path, text)])
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("\(path): ") == true)
  }

  @Test("an arrow that nobody walks is reported", arguments: [("Low", 5), ("NIOPosix", 2)])
  func unused(module: String, file: Int) {
    let files = Self.clean.enumerated().filter { $0.offset != file }.map(\.element)
    let rest = files + [SourceFile(Self.clean[file].path, "")]
    let problems = Arrows(manifest: Self.manifest).problems(in: rest)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("declares \(module)") == true)
  }
}
