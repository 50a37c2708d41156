/// Several YAML documents in one file, as `kubectl` reads them.
enum YAMLStream {
  static func rendered(_ documents: [YAML], header: String) throws -> String {
    var parts: [String] = []
    for (index, document) in documents.enumerated() {
      let text = try document.rendered(header: index == 0 ? header : "")
      parts.append(index == 0 ? text : String(text.drop { $0 == "\n" }))
    }
    return parts.joined(separator: "---\n")
  }
}
