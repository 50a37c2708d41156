/// The few shapes that the pictures are made of.
extension SVGElement {
  static func group(_ children: [SVGElement], class name: String? = nil) -> Self {
    SVGElement("g", name.map { [("class", $0)] } ?? [], children)
  }

  static func rectangle(_ box: Box, fill: String, radius: Double = 0) -> Self {
    SVGElement(
      "rect",
      [("x", box.x.svg), ("y", box.y.svg), ("width", box.width.svg), ("height", box.height.svg), ("fill", fill)]
        + (radius > 0 ? [("rx", radius.svg)] : []))
  }

  static func line(_ from: Spot, _ to: Spot, stroke: String, width: Double = 1) -> Self {
    SVGElement(
      "line",
      [
        ("x1", from.x.svg), ("y1", from.y.svg), ("x2", to.x.svg), ("y2", to.y.svg), ("stroke", stroke),
        ("stroke-width", width.svg),
      ])
  }

  static func polyline(_ spots: [Spot], stroke: String) -> Self {
    SVGElement(
      "polyline",
      [
        ("points", spots.svg), ("fill", "none"), ("stroke", stroke), ("stroke-width", "1.5"),
        ("stroke-linejoin", "round"), ("stroke-linecap", "round"),
      ])
  }

  static func polygon(_ spots: [Spot], fill: String, opacity: Double) -> Self {
    SVGElement("polygon", [("points", spots.svg), ("fill", fill), ("fill-opacity", "\(opacity)")])
  }

  static func circle(_ center: Spot, radius: Double, fill: String) -> Self {
    SVGElement("circle", [("cx", center.x.svg), ("cy", center.y.svg), ("r", radius.svg), ("fill", fill)])
  }

  enum Anchor: String { case start, middle, end }

  static func text(
    _ text: String, at spot: Spot, size: Double = 11, color: String = Theme.text, anchor: Anchor = .start,
    isBold: Bool = false
  ) -> Self {
    var element = SVGElement("text", [("x", spot.x.svg), ("y", spot.y.svg), ("font-size", size.svg), ("fill", color)])
    if anchor != .start { element = element.with("text-anchor", anchor.rawValue) }
    if isBold { element = element.with("font-weight", "600") }
    element.contents = [.text(text)]
    return element
  }
}

/// A place in the picture, in pixels from its upper left corner.
struct Spot: Equatable {
  let x: Double
  let y: Double
}

extension [Spot] {
  var svg: String { map { "\($0.x.svg),\($0.y.svg)" }.joined(separator: " ") }
}

/// A rectangle of the picture.
struct Box: Equatable {
  var x, y, width, height: Double
  var right: Double { x + width }
  var bottom: Double { y + height }
  var middle: Spot { Spot(x: x + width / 2, y: y + height / 2) }

  func inset(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> Box {
    Box(
      x: x + left, y: y + top, width: max(0, width - left - right), height: max(0, height - top - bottom))
  }
}

/// How wide text is likely to be: no font is known here, so a wide one is taken, and its narrow letters for narrow.
enum TextWidth {
  private static let narrow: Set<Character> = [
    "i", "j", "l", "f", "t", "r", "I", " ", ".", ",", ":", ";", "/", "|", "!", "'", "(", ")", "[", "]", "-",
  ]
  private static let wide: Set<Character> = ["m", "w", "M", "W", "%", "@", "—", "…", "–"]

  static func of(_ text: String, size: Double) -> Double { text.reduce(0) { $0 + ems(of: $1) } * size }

  /// Of a bold text, a tenth more.
  static func ofBold(_ text: String, size: Double) -> Double { of(text, size: size) * 1.1 }

  /// The text, or as much of its beginning as there is room for.
  static func fitting(_ text: String, in width: Double, size: Double) -> String {
    if of(text, size: size) <= width { return text }
    var (used, kept) = (ems(of: "…") * size, "")
    for character in text {
      used += ems(of: character) * size
      if used > width { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private static func ems(of character: Character) -> Double {
    if narrow.contains(character) { return 0.38 }
    if wide.contains(character) { return 0.95 }
    return character.isUppercase ? 0.7 : 0.61
  }
}
