import Yams

/// A YAML document as a value that keeps its order and carries comments.
package indirect enum YAML: Sendable, Equatable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([YAML])
  case map([Entry])
  case commented(String, YAML)

  package struct Entry: Sendable, Equatable {
    package let key: String
    package let value: YAML
  }

  /// Entries without a value are left out.
  package static func map(of entries: KeyValuePairs<String, YAML?>) -> YAML {
    .map(entries.compactMap { key, value in value.map { Entry(key: key, value: $0) } })
  }
}

extension YAML: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .flag(value) }
  package init(arrayLiteral elements: YAML...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, YAML)...) {
    self = .map(elements.map { Entry(key: $0.0, value: $0.1) })
  }
}

extension YAML {
  /// Block style, two spaces a level. Structure is ours, so that comments can stand in it; how a string must be quoted
  /// is for Yams to say.
  package func rendered(header: String) throws -> String {
    (header.split(separator: "\n").map { "# \($0)" } + [""] + (try lines())).joined(separator: "\n") + "\n"
  }

  private func lines() throws -> [String] {
    switch self {
    case .text, .number, .flag: [try scalar()]
    case .commented(_, let value): try value.lines()
    case .list(let items): try items.flatMap { try Self.lines(ofItem: $0) }
    case .map(let entries): try entries.flatMap { try Self.lines(of: $0.value, after: "\($0.key):") }
    }
  }

  private static func lines(ofItem item: YAML) throws -> [String] {
    switch item {
    case .commented(let comment, let value): return ["# \(comment)"] + (try lines(ofItem: value))
    case .list(let items) where !items.isEmpty: throw RenderingError("a list of lists is not needed, hence not written")
    case .map(let entries) where !entries.isEmpty:
      let lines = try item.lines()
      return ["- \(lines[0])"] + indented(Array(lines.dropFirst()))
    default: return try lines(of: item, after: "-")
    }
  }

  private static func lines(of value: YAML, after lead: String) throws -> [String] {
    switch value {
    case .commented(let comment, let inner): ["# \(comment)"] + (try lines(of: inner, after: lead))
    case .list([]): ["\(lead) []"]
    case .map([]): ["\(lead) {}"]
    case .list, .map: [lead] + indented(try value.lines())
    case .text(let text) where text.contains("\n") && !text.hasPrefix(" "):
      ["\(lead) |\(text.hasSuffix("\n") ? "" : "-")"]
        + indented(
          (text.hasSuffix("\n") ? String(text.dropLast()) : text).split(
            separator: "\n", omittingEmptySubsequences: false
          ).map(String.init))
    case .text, .number, .flag: ["\(lead) \(try value.scalar())"]
    }
  }

  private static func indented(_ lines: [String]) -> [String] { lines.map { $0.isEmpty ? "" : "  \($0)" } }

  private func scalar() throws -> String {
    switch self {
    case .text(let text):
      let dumped = try Yams.dump(object: text, width: -1, allowUnicode: true)
      return dumped.hasSuffix("\n...\n") ? String(dumped.dropLast(5)) : String(dumped.dropLast())
    case .number(let number): return String(number)
    case .flag(let flag): return String(flag)
    case .list, .map, .commented: throw RenderingError("no scalar")
    }
  }
}

/// A value that a format cannot carry: a mistake of ours, seen by `observability generate`.
package struct RenderingError: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
