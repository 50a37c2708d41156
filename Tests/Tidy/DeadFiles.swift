/// A file of Sources whose declarations no other file mentions is dead, however well it is tested.
enum DeadFiles {
  static func problems(in sources: [SourceFile]) -> [String] {
    var mentions: [String: Int] = [:]
    for file in sources {
      for word in Set(file.code.split { !($0.isLetter || $0.isNumber || $0 == "_") }) {
        mentions[String(word), default: 0] += 1
      }
    }
    return sources.compactMap { file in
      if file.name == "main.swift" || file.code.contains("@main") { return nil }
      let declared = declarations(in: file.code)
      if declared.isEmpty || declared.contains(where: { mentions[$0, default: 0] > 1 }) { return nil }
      return "\(file.path): no other file of Sources mentions \(declared.sorted().joined(separator: ", "))"
    }
  }

  /// What others could mention: what stands at the top of the file; of a file of extensions alone, their members.
  /// Empty where an extension adds a conformance: that is used without being named.
  static func declarations(in code: String) -> Set<String> {
    let keyword = #"\b(?:struct|enum|class|actor|protocol|typealias|func|let|var|case)\s+`?(\w+)"#
    var (depth, top, members) = (0, Set<String>(), Set<String>())
    var isPrivate = false
    for line in code.split(separator: "\n").map(String.init) {
      if depth == 0, !line.matches(#"\bextension\s+[\w.]+\s*:"#).isEmpty { return [] }
      let names = line.matches(keyword).map { $0.groups[1] }.filter { $0 != "func" && $0 != "var" }
      if depth == 0, !names.isEmpty || line.contains("extension") { isPrivate = line.contains("private ") }
      if depth == 0, !isPrivate { top.formUnion(names) }
      if depth == 1, !isPrivate { members.formUnion(names) }
      depth += line.utf8.count { $0 == UInt8(ascii: "{") } - line.utf8.count { $0 == UInt8(ascii: "}") }
    }
    return top.isEmpty ? members : top
  }
}
