/// Words in the middle of a panel, where there is nothing to draw.
struct NotePicture {
  let lines: [String]

  func elements(in box: Box) -> [SVGElement] {
    let top = box.middle.y - Double(lines.count - 1) * 9 + 4
    return lines.enumerated().map { index, line in
      .text(
        TextWidth.fitting(line, in: box.width, size: index == 0 ? 14 : 11),
        at: Spot(x: box.middle.x, y: top + Double(index) * 18), size: index == 0 ? 14 : 11, color: Theme.muted,
        anchor: .middle)
    }
  }

  /// Breaks text at spaces.
  static func wrapped(_ text: String, in width: Double, size: Double) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let longer = (lines.last ?? "").isEmpty ? String(word) : "\(lines.last ?? "") \(word)"
      if TextWidth.of(longer, size: size) <= width || lines.last == "" {
        lines[lines.count - 1] = longer
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
