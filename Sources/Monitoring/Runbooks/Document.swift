/// A text with sections, before it is Markdown or HTML.
package struct Document: Sendable {
  package let title: String
  package let introduction: [String]
  package let sections: [Section]

  package struct Section: Sendable {
    /// The fragment of its address.
    package let anchor: String
    package let summary: String
    package let parts: [Part]
    /// nil: the anchor is the title.
    var title: String? = nil
    package var heading: String { title ?? anchor }
  }

  package struct Part: Sendable {
    package let title: String
    package let blocks: [Block]
  }

  package enum Block: Sendable {
    case paragraph(String)
    case bullets([String])
    case steps([Step])
    case code(String)
  }

  /// A numbered line, with the command that does it and what its output means.
  package struct Step: Sendable {
    package let text: String
    package let command: String?
    package let outcome: String?
  }
}
