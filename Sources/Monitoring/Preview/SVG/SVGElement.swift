/// An element of an SVG 1.1 document as a value; text is escaped in one place, numbers are rounded in one place, so
/// that the same data give the same bytes.
struct SVGElement {
  enum Content {
    case element(SVGElement)
    case text(String)
  }

  let name: String
  var attributes: [(name: String, value: String)]
  var contents: [Content] = []

  init(_ name: String, _ attributes: [(name: String, value: String)], _ children: [SVGElement] = []) {
    self.name = name
    self.attributes = attributes
    contents = children.map { .element($0) }
  }

  /// With one more attribute: a class, a dash pattern.
  func with(_ name: String, _ value: String) -> Self {
    var copy = self
    copy.attributes.append((name, value))
    return copy
  }

  /// With words that a browser shows to whoever points at it.
  func explained(_ words: String) -> Self {
    var copy = self
    var title = SVGElement("title", [])
    title.contents = [.text(words)]
    copy.contents.insert(.element(title), at: 0)
    return copy
  }

  /// - Parameter indent: spaces before it.
  func rendered(indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    let opening = "\(margin)<\(name)" + attributes.map { " \($0.name)=\"\($0.value.xmlEscaped)\"" }.joined()
    if contents.isEmpty { return opening + "/>\n" }
    // A space between words and their markup would be seen.
    let isProse = contents.contains { if case .text = $0 { true } else { false } }
    let inside = contents.map { content in
      switch content {
      case .element(let element): isProse ? String(element.rendered().dropLast()) : element.rendered(indent: indent + 1)
      case .text(let text): text.xmlEscaped
      }
    }.joined()
    return isProse ? "\(opening)>\(inside)</\(name)>\n" : "\(opening)>\n\(inside)\(margin)</\(name)>\n"
  }
}

extension String {
  /// For text and for attributes between double quotes. What XML 1.0 has no character for (section 2.2) becomes U+FFFD.
  var xmlEscaped: String {
    var escaped = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n", "\r": escaped += " "
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Double {
  /// A coordinate: a tenth of a pixel is finer than anybody sees.
  var svg: String {
    guard let tenths = Int(exactly: (self * 10).rounded()) else { return "0" }
    let (whole, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }
}
