/// A family that is declared and not in its list escapes every test of the list.
enum CatalogLists {
  static func problems(in catalogue: [SourceFile]) -> [String] {
    let lists = catalogue.map { list(in: $0.code) }.joined(separator: "\n")
    return catalogue.flatMap { file -> [String] in
      let own = list(in: file.code)
      let missing = families(in: file.code).filter { own.matches(#"(?<![\w.])"# + $0 + #"\b"#).isEmpty }
      let namespace = file.code.matches(#"package (?:enum|struct) (\w+)[^{]*\{(?=[\s\S]*static let all\b)"#).first?
        .groups[1]
      let isListed = namespace.map { $0 == "Catalog" || !lists.matches(#"\b"# + $0 + #"\.all\b"#).isEmpty } ?? true
      return missing.map { "\(file.path): \($0) is not in its file's list `all`" }
        + (isListed ? [] : ["\(file.path): its list is in no other list"])
    }
  }

  /// Names of values and functions that are families.
  static func families(in code: String) -> [String] {
    code.matches(#"\blet (\w+)(?: = Family<|: Family<)|\bfunc (\w+)\([^)]*\) -> Family<"#)
      .map { $0.groups[1] + $0.groups[2] }
  }

  /// Places that write the type: as many as there are families, where `families` has overlooked none.
  static func mentions(in code: String) -> Int { code.matches(#"\bFamily<"#).count }

  static func closedLabels(in catalogue: [SourceFile]) -> Set<String> {
    Set(catalogue.flatMap { $0.code.matches(#"\benum (\w+): (?:\w+, )*ClosedLabel\b"#).map { $0.groups[1] } })
  }

  /// What stands behind `all`, up to the end of its statement.
  private static func list(in code: String) -> String {
    code.matches(#"(?:\bstatic let all\b[^=]*=|\bvar all\b[^{]*\{)([\s\S]*?)(?=\n\s*\n|\n\s*\}|\z)"#)
      .map { $0.groups[1] }.joined(separator: "\n")
  }
}
