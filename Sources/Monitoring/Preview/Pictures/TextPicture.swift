/// A panel's own words: Markdown without its signs.
struct TextPicture {
  let markdown: String

  private static let lineHeight = 18.0

  func elements(in box: Box) -> [SVGElement] {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [(String, Bool)] in
      let isHeading = line.hasPrefix("#")
      return NotePicture.wrapped(Self.plain(String(line)), in: box.width, size: 12).map { ($0, isHeading) }
    }
    return lines.prefix(Int(box.height / Self.lineHeight)).enumerated().map { index, line in
      .text(
        line.0, at: Spot(x: box.x, y: box.y + Double(index) * Self.lineHeight + 12), size: 12, isBold: line.1)
    }
  }

  static func plain(_ line: String) -> String {
    var text = line.drop { $0 == "#" }.replacing("**", with: "").replacing("`", with: "")
    // A link's words without its address.
    text = text.replacing(/\[([^\]]*)\]\([^)]*\)/) { String($0.1) }
    return text.hasPrefix("- ") || text.hasPrefix("* ") ? "• \(text.dropFirst(2))" : String(text)
  }
}
