import Runbooks

/// A document as one HTML page that needs nothing else: it must open while everything else is down.
struct HTMLDocument {
  let document: Document
  var others: [RunbookLibrary.Book] = []

  func text() -> String {
    let index = document.sections.map { "<li><a href=\"#\($0.anchor)\">\(escaped($0.heading))</a></li>" }
    let links = others.map { "<p><a href=\"\($0.page)\">\(escaped($0.title))</a></p>\n" }.joined()
    return """
      <!doctype html>
      <html lang="es-AR">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(document.title)) · MiniMarket</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <h1>\(escaped(document.title))</h1>
      \(document.introduction.map { "<p>\(prose($0))</p>" }.joined(separator: "\n"))
      \(links)<nav><ul>
      \(index.joined(separator: "\n"))
      </ul></nav>
      \(document.sections.map(section).joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private static let style = """
    body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif;
      color: #1c1c1c; background: #fff }
    section { border-top: 2px solid #ccc; margin-top: 2.5rem }
    section:target h2 { background: #fff3bf }
    pre { overflow-x: auto; padding: .6rem .8rem; background: #f2f2f2; border-radius: 4px }
    code { font: .9em ui-monospace, monospace }
    li { margin: .4rem 0 }
    @media (prefers-color-scheme: dark) {
      body { color: #e6e6e6; background: #161616 }
      pre { background: #262626 }
      a { color: #8ab4ff }
      section:target h2 { background: #4d4000 }
    }
    """

  private func section(_ section: Document.Section) -> String {
    """
    <section id="\(section.anchor)">
    <h2>\(escaped(section.heading))</h2>
    <p>\(prose(section.summary))</p>
    \(section.parts.map { "<h3>\(escaped($0.title))</h3>\n\($0.blocks.map(block).joined(separator: "\n"))" }
      .joined(separator: "\n"))
    </section>
    """
  }

  private func block(_ block: Document.Block) -> String {
    switch block {
    case .paragraph(let text): "<p>\(prose(text))</p>"
    case .bullets(let lines): "<ul>\n\(lines.map { "<li>\(prose($0))</li>" }.joined(separator: "\n"))\n</ul>"
    case .code(let text): "<pre><code>\(escaped(text))</code></pre>"
    case .steps(let steps): "<ol>\n\(steps.map(step).joined(separator: "\n"))\n</ol>"
    }
  }

  private func step(_ step: Document.Step) -> String {
    let command = step.command.map { "\n<pre><code>\(escaped($0))</code></pre>" } ?? ""
    let outcome = step.outcome.map { "\n<p>\(prose($0))</p>" } ?? ""
    return "<li>\(prose(step.text))\(command)\(outcome)</li>"
  }

  /// Text in which back quotes mark code.
  private func prose(_ text: String) -> String {
    escaped(text).split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0 % 2 == 0 ? String($1) : "<code>\($1)</code>" }.joined()
  }

  private func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }
}
