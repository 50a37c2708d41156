/// What can be said of a file of Go templates without Go: whether its actions and blocks close, and whether it names
/// functions and templates that exist. amtool has the last word; this one speaks at `generate`.
/// Sources: https://pkg.go.dev/text/template, https://prometheus.io/docs/alerting/latest/notifications/#functions
struct GoTemplate {
  let text: String

  init(_ text: String) { self.text = text }

  private static let openers: Set = ["if", "range", "with", "define", "block"]
  private static let keywords = openers.union(["else", "end", "template", "nil", "true", "false", "break", "continue"])
  private static let builtins: Set = [
    "and", "or", "not", "len", "index", "slice", "print", "printf", "println", "html", "js", "urlquery", "call", "eq",
    "ne", "lt", "le", "gt", "ge",
  ]
  /// Those of Alertmanager 0.25, the older of the two engines'.
  private static let alertmanager: Set = [
    "toUpper", "toLower", "title", "join", "match", "safeHtml", "reReplaceAll", "stringSlice",
  ]

  /// One sentence a mistake, with the template that it is in.
  var problems: [String] {
    var reading = Reading()
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      rest = rest[open.upperBound...]
      if rest.hasPrefix("/*") {
        guard let close = rest.firstRange(of: "*/}}") else { return reading.found + ["a comment does not end"] }
        rest = rest[close.upperBound...]
        continue
      }
      guard let action = Action(&rest) else { return reading.found + ["\(reading.place)an action does not end"] }
      reading.take(action)
    }
    return reading.found + reading.ending
  }

  /// `{{ … }}`: its words in order, strings apart.
  private struct Action {
    var words: [String] = []
    var strings: [String] = []

    /// - Parameter rest: behind the opening braces; left behind the closing ones.
    init?(_ rest: inout Substring) {
      var word = ""
      while let character = rest.first {
        if rest.hasPrefix("}}") {
          add(&word)
          rest = rest.dropFirst(2)
          return
        }
        if rest.hasPrefix("{{") { return nil }
        rest = rest.dropFirst()
        switch character {
        case "\"", "`":
          add(&word)
          guard let string = Self.string(endingWith: character, &rest) else { return nil }
          strings.append(string)
        case _ where character.isLetter || character.isNumber || "_.$".contains(character): word.append(character)
        default: add(&word)
        }
      }
      return nil
    }

    private mutating func add(_ word: inout String) {
      if !word.isEmpty { words.append(word) }
      word = ""
    }

    private static func string(endingWith quote: Character, _ rest: inout Substring) -> String? {
      var string = ""
      while let character = rest.popFirst() {
        if character == quote { return string }
        string.append(character)
        if character == "\\", quote == "\"", let escaped = rest.popFirst() { string.append(escaped) }
      }
      return nil
    }
  }

  private struct Reading {
    var found: [String] = []
    private var blocks: [String] = []
    private var template = ""
    private var defined: Set<String> = []
    private var used: [(name: String, by: String)] = []

    var place: String { template.isEmpty ? "" : "template \(template): " }

    mutating func take(_ action: Action) {
      let word = action.words.first { $0 != "-" } ?? ""
      switch word {
      case "define", "block":
        template = action.strings.first ?? ""
        defined.insert(template)
      case "template": used.append((action.strings.first ?? "", template))
      case "else" where !["if", "range", "with"].contains(blocks.last ?? ""):
        found.append("\(place)an else without an if")
      case "end" where blocks.isEmpty: found.append("\(place)an end too many")
      default: break
      }
      for name in action.words where GoTemplate.isUnknown(name) {
        found.append("\(place)there is no function \(name)")
      }
      if GoTemplate.openers.contains(word) { blocks.append(word) }
      if word == "end", let closed = blocks.popLast(), closed == "define" { template = "" }
    }

    var ending: [String] {
      (blocks.isEmpty ? [] : ["\(place)\(blocks.last ?? "") has no end"])
        + used.filter { !defined.contains($0.name) }.map { "template \($0.by): there is no template \($0.name)" }
    }
  }

  private static func isUnknown(_ word: String) -> Bool {
    guard let first = word.first, first.isLetter else { return false }
    return !keywords.contains(word) && !builtins.contains(word) && !alertmanager.contains(word)
  }
}
