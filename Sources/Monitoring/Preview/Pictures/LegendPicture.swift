/// Names with their colours, beside one another on as few lines as they need, the rest counted.
struct LegendPicture {
  struct Entry {
    let name: String
    let value: String
    let color: String
    var isDashed = false
  }

  static let lineHeight = 17.0
  private static let size = 11.0
  private static let key = 20.0

  let lines: [[Entry]]
  /// Entries for which there was no room.
  let omitted: Int

  init(_ entries: [Entry], width: Double, linesAtMost: Int) {
    var lines: [[Entry]] = []
    var used = Double.infinity
    var taken = 0
    for entry in entries {
      let needed = Self.width(of: entry)
      // Room for the count of those that are left out.
      let limit = lines.count == linesAtMost ? width - 60 : width
      if used + needed > limit {
        if lines.count == linesAtMost { break }
        lines.append([])
        used = 0
      }
      lines[lines.count - 1].append(entry)
      used += needed
      taken += 1
    }
    self.lines = lines
    omitted = entries.count - taken
  }

  var height: Double { Double(lines.count) * Self.lineHeight }

  private static func width(of entry: Entry) -> Double {
    key + TextWidth.of(entry.name, size: size) + TextWidth.of(entry.value, size: size) + (entry.value.isEmpty ? 14 : 24)
  }

  func elements(in box: Box) -> [SVGElement] {
    var elements: [SVGElement] = []
    for (index, line) in lines.enumerated() {
      let y = box.y + Double(index) * Self.lineHeight + 12
      var x = box.x
      for entry in line {
        let key = SVGElement.line(Spot(x: x, y: y - 4), Spot(x: x + 14, y: y - 4), stroke: entry.color, width: 3)
        elements.append(entry.isDashed ? key.with("stroke-dasharray", "4 3") : key)
        var words = SVGElement.text(entry.name, at: Spot(x: x + Self.key, y: y), size: Self.size)
        if !entry.value.isEmpty {
          // In the same text, so that it stands right after the name in whichever font.
          var value = SVGElement("tspan", [("fill", Theme.muted), ("dx", "6")])
          value.contents = [.text(entry.value)]
          words.contents.append(.element(value))
        }
        elements.append(words)
        x += Self.width(of: entry)
      }
      if index == lines.count - 1, omitted > 0 {
        elements.append(.text("y \(omitted) más", at: Spot(x: x, y: y), size: Self.size, color: Theme.muted))
      }
    }
    return elements
  }
}
