/// The package as its manifest declares it: read as text, so that the rule costs no run of SwiftPM.
struct Arrows {
  struct Target {
    let name: String
    let folder: String
    /// Modules, ours and others'.
    let uses: Set<String>
    /// What a target may leave unused: every test target gets it.
    let free: Set<String>
  }

  /// What comes with the toolchain or the C library.
  private static let system: Set<String> = [
    "CoreFoundation", "Dispatch", "Foundation", "FoundationEssentials", "FoundationNetworking", "FoundationXML",
    "Glibc", "Swift", "Synchronization", "Testing", "PackageDescription", "RegexBuilder",
  ]

  let targets: [Target]
  private let ours: Set<String>

  init(manifest: String) {
    let products = Dictionary(
      manifest.matches(#"static var (\w+): Self \{ \.product\(name: "(\w+)""#).map { ($0.groups[1], [$0.groups[2]]) },
      uniquingKeysWith: { $1 })
    let functions = Dictionary(
      manifest.matches(#"func (\w+)\(\) -> \[Target\.Dependency\] \{\s*\[([^\]]*)\]"#).map { match in
        (match.groups[1], match.groups[2].matches(#""(\w+)""#).map { $0.groups[1] })
      }, uniquingKeysWith: { $1 })
    targets = Self.calls(in: manifest).map { kind, body in
      let name = body.matches(#""([\w-]+)""#).first?.groups[1] ?? ""
      let group = body.matches(#"in: "([\w/]+)""#).first?.groups[1]
      let path = body.matches(#"path: "([\w/]+)""#).first?.groups[1]
      let usesText = body.matches(#"(?:uses|dependencies): ([\s\S]*?)(?=,\s*\w+: |\z)"#).first?.groups[1] ?? ""
      let own = usesText.matches(#""([\w-]+)""#).map { $0.groups[1] }
      let named = usesText.matches(#"\.(\w+)"#).flatMap { products[$0.groups[1]] ?? ["no product .\($0.groups[1])"] }
      let called = usesText.matches(#"(?<![.\w])(\w+)\(\)"#).flatMap { functions[$0.groups[1]] ?? [] }
      let folder = path ?? (kind == "testing" ? "Tests/\(name)" : "Sources/\(group.map { "\($0)/" } ?? "")\(name)")
      return Target(
        name: name, folder: folder, uses: Set(own + named + called), free: kind == "testing" ? ["TestSupport"] : [])
    }
    ours = Set(targets.map(\.name))
  }

  /// The calls that make a target, with what stands between their parentheses.
  private static func calls(in manifest: String) -> [(kind: String, body: String)] {
    let calls = manifest.matches(
      #"(?<!func )(?<![.\w])(library|executable|testing|\.target|\.executableTarget|Target\.systemLibrary)\(\s*(?:name: )?(?=")"#
    )
    return calls.map { match in
      let rest = manifest.utf16.dropFirst(match.offset)
      var (depth, body) = (0, [UInt16]())
      for unit in rest {
        if unit == 0x28 { depth += 1 }
        if unit == 0x29 { depth -= 1 }
        body.append(unit)
        if unit == 0x29, depth == 0 { break }
      }
      let text = String(decoding: body, as: UTF16.self)
      return (match.groups[1], String(text.dropFirst(match.groups[1].count + 1).dropLast()))
    }
  }

  func problems(in files: [SourceFile]) -> [String] {
    let undeclared = files.filter { file in
      file.isInside(["Sources", "Tests"]) && !targets.contains { file.isInside([$0.folder]) }
    }
    return undeclared.map { "\($0.path): belongs to no target of Package.swift" }
      + targets.flatMap { target in problems(of: target, files: files.filter { $0.isInside([target.folder]) }) }
  }

  private func problems(of target: Target, files: [SourceFile]) -> [String] {
    guard !files.isEmpty else { return [] }
    var imported: Set<String> = []
    var problems: [String] = []
    for file in files {
      for module in Self.imports(of: file) where module != target.name {
        imported.insert(module)
        if Self.system.contains(module) || target.uses.contains(module) || target.free.contains(module) { continue }
        let whose = ours.contains(module) ? "our own \(module)" : module
        problems.append("\(file.path): imports \(whose), which \(target.name) does not declare in Package.swift")
      }
    }
    return problems
      + target.uses.subtracting(imported).sorted().map {
        "Package.swift: \(target.name) declares \($0), which none of its files imports"
      }
  }

  static func imports(of file: SourceFile) -> [String] {
    let pattern =
      #"^[ \t]*(?:@\w+(?:\([^)]*\))?\s+|(?:public|package|internal|private|fileprivate)\s+)*import\s+(?:(?:struct|class|enum|protocol|func|let|var|typealias)\s+)?(\w+)"#
    return file.code.matches(pattern).map { $0.groups[1] }
  }
}
