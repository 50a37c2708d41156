/// A file of Grafana Alloy's configuration syntax, as a value that keeps its order.
/// Format: Grafana's "Alloy configuration syntax"; written as `alloy fmt` does: a tab a level, `=` in a column.
struct AlloySyntax {
  let components: [Block]

  /// `kind.of "label" { … }`: a component, or a block within one, which has no label.
  struct Block {
    let kind: String
    let label: String?
    let body: [Statement]

    init(_ kind: String, _ label: String? = nil, _ body: [Statement]) {
      self.kind = kind
      self.label = label
      self.body = body
    }

    /// What another component takes from this one: `kind.of.label.export`.
    func exporting(_ name: String) -> Value { .reference(kind, label ?? "", name) }
  }

  enum Statement {
    case attribute(String, Value)
    case block(Block)
    case comment(String)
  }

  indirect enum Value {
    case text(String)
    case number(Int)
    case list([Value])
    case map([(key: String, value: String)])
    case reference(_ kind: String, _ label: String, _ export: String)

    fileprivate var notation: String {
      switch self {
      case .text(let text): AlloySyntax.quoted(text)
      case .number(let number): String(number)
      case .list(let values): "[\(values.map(\.notation).joined(separator: ", "))]"
      case .map(let entries):
        "{ \(entries.map { "\($0.key) = \(AlloySyntax.quoted($0.value))" }.joined(separator: ", ")) }"
      case .reference(let kind, let label, let export): "\(kind).\(label).\(export)"
      }
    }
  }

  /// - Throws: where a reference names a component that is not there.
  func rendered(header: String) throws -> String {
    let names = Set(components.map { "\($0.kind).\($0.label ?? "")" })
    for case .reference(let kind, let label, _) in components.flatMap(\.values)
    where !names.contains("\(kind).\(label)") {
      throw RenderingError("config.alloy names \(kind).\(label), which it does not declare")
    }
    let comment = header.split(separator: "\n").map { "// \($0)" }
    return ([comment.joined(separator: "\n")] + components.map { Self.lines(of: $0).joined(separator: "\n") })
      .joined(separator: "\n\n") + "\n"
  }

  private static func lines(of block: Block) -> [String] {
    let title = block.label.map { "\(block.kind) \(quoted($0))" } ?? block.kind
    return ["\(title) {"] + lines(of: block.body).map { $0.isEmpty ? "" : "\t\($0)" } + ["}"]
  }

  /// Attributes that stand together share a column; a block stands by itself.
  private static func lines(of body: [Statement]) -> [String] {
    var lines: [String] = []
    for (index, statement) in body.enumerated() {
      switch statement {
      case .comment(let text): lines.append("// \(text)")
      case .attribute(let name, let value):
        let width = run(around: index, in: body)
        lines.append("\(name)\(String(repeating: " ", count: width - name.count)) = \(value.notation)")
      case .block(let block): lines += (index == 0 || isComment(body[index - 1]) ? [] : [""]) + Self.lines(of: block)
      }
    }
    return lines
  }

  /// The longest name of the attributes that stand around this one without anything between them.
  private static func run(around index: Int, in body: [Statement]) -> Int {
    let before = body[...index].reversed().prefix { name(of: $0) != nil }
    let after = body[index...].prefix { name(of: $0) != nil }
    return (Array(before) + Array(after)).compactMap { name(of: $0)?.count }.max() ?? 0
  }

  private static func name(of statement: Statement) -> String? {
    if case .attribute(let name, _) = statement { name } else { nil }
  }

  private static func isComment(_ statement: Statement) -> Bool {
    if case .comment = statement { true } else { false }
  }

  fileprivate static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "\"\(escaped)\""
  }
}

extension AlloySyntax.Block {
  /// Every value in it and below.
  fileprivate var values: [AlloySyntax.Value] {
    body.flatMap { statement -> [AlloySyntax.Value] in
      switch statement {
      case .attribute(_, .list(let values)): values
      case .attribute(_, let value): [value]
      case .block(let block): block.values
      case .comment: []
      }
    }
  }
}
