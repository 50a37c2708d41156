import Foundation
import FoundationXML
import Grafana

@testable import Preview

/// A picture read back as XML, by a parser that refuses what is not well formed.
final class Drawn {
  let name: String
  let attributes: [String: String]
  fileprivate(set) var text = ""
  fileprivate(set) var children: [Drawn] = []

  fileprivate init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  struct NotWellFormed: Error { let cause: String }

  static func document(_ svg: String) throws -> Drawn {
    let parser = XMLParser(data: Data(svg.utf8))
    let builder = Builder()
    parser.delegate = builder
    guard parser.parse(), let root = builder.root else {
      throw NotWellFormed(cause: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")")
    }
    return root
  }

  /// A dashboard of one panel with these series.
  static func panel(_ panel: Panel, _ series: [QueriedSeries], refusal: String? = nil) throws -> Drawn {
    let answers = panel.queries.map {
      PanelData.Answer(query: $0, expression: "up", series: series, refusal: refusal)
    }
    let dashboard = Dashboard(uid: "u", title: "t", description: "d", rows: [Row(id: 100, "r", [panel])])
    let picture = DashboardPicture(dashboard, data: [panel.id: PanelData(answers)], range: Gallery.range)
    return try document(picture.svg()).panel(panel.id)
  }

  /// This element and all below it.
  var all: [Drawn] { [self] + children.flatMap(\.all) }

  func elements(_ name: String, class kind: String? = nil) -> [Drawn] {
    all.filter { $0.name == name && (kind == nil || $0.attributes["class"] == kind) }
  }

  var words: [String] { elements("text").map(\.text) }

  func panel(_ id: Int) throws -> Drawn {
    guard let found = all.first(where: { $0.attributes["id"] == "panel-\(id)" }) else {
      throw NotWellFormed(cause: "there is no panel \(id)")
    }
    return found
  }

  func number(_ attribute: String) -> Double { attributes[attribute].flatMap(Double.init) ?? .nan }

  var spots: [[Double]] {
    (attributes["points"] ?? "").split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
  }

  private final class Builder: NSObject, XMLParserDelegate {
    var root: Drawn?
    private var open: [Drawn] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let element = Drawn(name, attributes)
      open.last?.children.append(element)
      if root == nil { root = element }
      open.append(element)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
  }
}
