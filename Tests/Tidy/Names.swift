/// One concept, one name; and names that say what is inside.
enum Names {
  private static let empty =
    #"^(?:New(?:[A-Z]\w*)?|(?:\w*[a-z])?(?:Utils?|Utilities|Helpers?|Common|Misc|Stuff)(?:[A-Z]\w*)?)$"#

  /// Files, folders and types that are called after nothing.
  static func empty(in files: [SourceFile]) -> [String] {
    files.filter { $0.isInside(["Sources", "Tests", "Benchmarks"]) }.flatMap { file in
      let parts = file.path.split(separator: "/").map { String($0.split(separator: ".").first ?? "") }
      let types =
        file.isSwift
        ? file.code.matches(#"\b(?:struct|enum|class|actor|protocol|typealias)\s+(\w+)"#).map { $0.groups[1] } : []
      return (parts + types).filter { !$0.matches(empty).isEmpty }.map {
        "\(file.path): \($0) says nothing: name what it does"
      }
    }
  }

  /// `Catalog/PostgresExporter/X.swift` declares what `Exporters/PostgresExporter/X.swift` collects. The file of the
  /// namespace itself, which the others extend, collects nothing.
  static func unmirrored(in sources: [SourceFile]) -> [String] {
    let exporters = Set(sources.filter { $0.isInside(["Sources/Exporters"]) }.compactMap(folderAndName))
    let folders = Set(exporters.compactMap { $0.split(separator: "/").first })
    return sources.filter { $0.isInside(["Sources/Catalog"]) }.compactMap { file in
      guard let mirrored = folderAndName(file), folders.contains(where: { mirrored.hasPrefix("\($0)/") }) else {
        return nil
      }
      let isNamespace = !file.code.matches(#"^package enum "# + file.stem + #"\b"#).isEmpty
      if isNamespace || exporters.contains(mirrored) { return nil }
      return "\(file.path): has no Sources/Exporters/\(mirrored)"
    }
  }

  /// `PostgresExporter/StatDatabase.swift` of either tree; nil for a file that is in no folder of it.
  private static func folderAndName(_ file: SourceFile) -> String? {
    let parts = file.path.split(separator: "/").dropFirst(2)
    guard parts.count >= 2, let folder = parts.first, let name = parts.last else { return nil }
    return "\(folder)/\(name)"
  }

  /// Migrations are numbered from 1 without a gap, all with as many digits.
  static func misnumbered(_ paths: [String]) -> [String] {
    let migrations = paths.filter { $0.hasSuffix(".sql") && $0.contains("/Migrations/") }
    let byFolder = Dictionary(grouping: migrations) { $0.split(separator: "/").dropLast().joined(separator: "/") }
    return byFolder.flatMap { folder, paths -> [String] in
      let names = paths.compactMap { $0.split(separator: "/").last.map(String.init) }.sorted()
      return names.enumerated().compactMap { index, name in
        let number = name.matches(#"^(\d{4})_[a-z0-9_]+\.sql$"#).first?.groups[1]
        if number.flatMap(Int.init) == index + 1 { return nil }
        return
          "\(folder)/\(name): migration \(index + 1) is called \(String(index + 10_001).dropFirst())_what_it_does.sql"
      }
    }.sorted()
  }
}
