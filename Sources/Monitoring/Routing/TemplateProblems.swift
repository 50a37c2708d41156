extension SlackMessage {
  /// What Alertmanager would refuse at its start, or leave out of a message, a sentence each. Its own parser has the
  /// last word (`amtool check-config`); this one names what is wrong before anything is written.
  package static func problems(of templates: String) -> [String] {
    var (found, open, defined, used): ([String], [String], [String], [String]) = ([], [], [], [])
    let sections = templates.replacing(/\{\{\/\*[\s\S]*?\*\/\}\}/, with: "").components(after: "{{")
    for section in sections {
      guard let end = section.firstRange(of: "}}") else {
        found.append("template \(open.first ?? "?"): an action never ends: {{\(section.prefix(40))")
        continue
      }
      let action = section[..<end.lowerBound].drop { $0 == "-" || $0 == " " }
      let words = action.split(separator: " ")
      let name = words.count > 1 ? words[1].filter { $0 != "\"" } : ""
      switch words.first {
      case "define":
        defined.append(name)
        open.append(name)
      case "if", "range", "with", "block": open.append(String(action))
      case "end": if open.popLast() == nil { found.append("template \(defined.last ?? "?"): an end too many") }
      case "template": used.append(name)
      default: break
      }
    }
    found += open.map { "template: \($0): has no end" }
    found += [title, text, fallback, color].flatMap { $0.components(after: "{{ template \"") }
      .map { String($0.prefix { $0 != "\"" }) }.filter { !defined.contains($0) }.map {
        "template \($0): is not defined"
      }
    return found + used.filter { !defined.contains($0) }.map { "template \($0): is used, and not defined" }
  }
}

extension String {
  /// What follows each mark, up to the next.
  fileprivate func components(after mark: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let found = rest.firstRange(of: mark) {
      rest = rest[found.upperBound...]
      let next = rest.firstRange(of: mark)
      parts.append(String(rest[..<(next?.lowerBound ?? rest.endIndex)]))
    }
    return parts
  }
}
