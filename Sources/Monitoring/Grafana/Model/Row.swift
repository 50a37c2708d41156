/// Panels under one heading. They are placed from left to right and from top to bottom in the order of the list, so
/// that none can lie over another.
package struct Row: Sendable {
  /// Unique among the rows and panels of its dashboard, and kept for ever.
  package let id: Int
  package let title: String
  package private(set) var panels: [Panel]
  /// Where the heading stands.
  package private(set) var place: Panel.Place

  package init(id: Int, _ title: String, _ panels: [Panel]) {
    self.id = id
    self.title = title
    self.panels = panels
    self.place = Panel.Place(x: 0, y: 0, width: Panel.Place.columns, height: 1)
  }

  /// The same row from this line of the grid on.
  func placed(atY top: Int) -> Self {
    var copy = self
    copy.place = Panel.Place(x: 0, y: top, width: Panel.Place.columns, height: 1)
    var (x, y, tallest) = (0, top + 1, 0)
    for index in panels.indices {
      let size = panels[index].place
      if x + size.width > Panel.Place.columns { (x, y, tallest) = (0, y + tallest, 0) }
      copy.panels[index].place = Panel.Place(x: x, y: y, width: size.width, height: size.height)
      (x, tallest) = (x + size.width, Swift.max(tallest, size.height))
    }
    return copy
  }

  /// The first line of the grid under it.
  var bottom: Int { panels.map { $0.place.y + $0.place.height }.max() ?? place.y + 1 }

  /// Its lines of panels, from top to bottom.
  package var lines: [[Panel]] {
    Dictionary(grouping: panels, by: \.place.y).sorted { $0.key < $1.key }.map(\.value)
  }
}
