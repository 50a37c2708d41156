import Runbooks

/// A document as Markdown: what is read in the repository.
struct MarkdownDocument {
  let document: Document
  var others: [RunbookLibrary.Book] = []

  func text(header: String) -> String {
    let comment = "<!--\n\(header)\n-->"
    let index = document.sections.map { "- [\($0.heading)](#\($0.anchor))" }.joined(separator: "\n")
    let links = others.map { "Ver también: [\($0.title)](\($0.file))." }
    let blocks = [comment, "# \(document.title)"] + document.introduction + links + [index]
    return (blocks + document.sections.flatMap(section)).joined(separator: "\n\n") + "\n"
  }

  /// A heading's own anchor is in lower case; links carry the alert's name as it is.
  private func section(_ section: Document.Section) -> [String] {
    ["<a id=\"\(section.anchor)\"></a>\n\n## \(section.heading)", section.summary] + section.parts.flatMap(part)
  }

  private func part(_ part: Document.Part) -> [String] { ["### \(part.title)"] + part.blocks.map(block) }

  private func block(_ block: Document.Block) -> String {
    switch block {
    case .paragraph(let text): text
    case .bullets(let lines): lines.map { "- \($0)" }.joined(separator: "\n")
    case .code(let text): "```promql\n\(text)\n```"
    case .steps(let steps): steps.enumerated().map { step($1, number: $0 + 1) }.joined(separator: "\n")
    }
  }

  private func step(_ step: Document.Step, number: Int) -> String {
    let lead = "\(number). "
    let margin = String(repeating: " ", count: lead.count)
    var lines = [lead + step.text]
    if let command = step.command {
      lines += ["", "```bash", command, "```"].map { $0.isEmpty ? "" : margin + $0 }
    }
    if let outcome = step.outcome { lines += ["", margin + outcome] }
    return lines.joined(separator: "\n")
  }
}
