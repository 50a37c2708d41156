/// Words in the middle of a panel, where there is nothing to draw.
struct NotePicture {
  let lines: [String]

  func elements(in box: Box) -> [SVGElement] {
    let broken = lines.enumerated().flatMap { index, line in
      let size = index == 0 ? 14.0 : 11
      return Self.wrapped(line, in: box.width, size: size).map { (text: $0, size: size) }
    }
    let top = box.middle.y - Double(broken.count - 1) * 9 + 4
    return broken.enumerated().map { index, line in
      .text(
        TextWidth.fitting(line.text, in: box.width, size: line.size),
        at: Spot(x: box.middle.x, y: top + Double(index) * 18), size: line.size, color: Theme.muted, anchor: .middle)
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
