import Foundation
import Render
import Testing

/// The committed JSON, read as Grafana reads it.
enum WrittenDashboards {
  struct Source: Decodable, Equatable { let type, uid: String }
  struct Target: Decodable {
    let refId, expr: String
    let legendFormat, format: String?
    let datasource: Source
    let instant, range, exemplar: Bool?
  }
  struct Place: Decodable { let h, w, x, y: Int }
  struct Link: Decodable { let title, url: String }
  struct Step: Decodable, Equatable {
    let color: String
    let value: Double?
  }
  struct Fields: Decodable {
    struct Thresholds: Decodable { let steps: [Step] }
    struct Defaults: Decodable {
      let unit: String?
      let thresholds: Thresholds?
      let links: [Link]?
    }
    struct Override: Decodable {
      struct Matcher: Decodable { let id, options: String }
      struct Property: Decodable { let id: String }
      let matcher: Matcher
      let properties: [Property]
    }
    let defaults: Defaults
    let overrides: [Override]
  }
  struct Transformation: Decodable {
    struct Options: Decodable {
      let indexByName: [String: Int]
      let excludeByName: [String: Bool]
    }
    let id: String
    let options: Options
  }
  struct Panel: Decodable {
    let id: Int
    let type, title: String
    let description: String?
    let datasource: Source?
    let gridPos: Place
    let targets: [Target]?
    let links: [Link]?
    let fieldConfig: Fields?
    let transformations: [Transformation]?
  }
  /// A text, or a list of them.
  struct Texts: Decodable {
    let all: [String]
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([String].self) {
        all = list
      } else {
        all = [try container.decode(String.self)]
      }
    }
  }
  struct Variable: Decodable {
    struct Current: Decodable { let value: Texts }
    let type, name: String
    let label, definition: String?
    let refresh: Int?
    let multi, includeAll: Bool?
    let current: Current
  }
  struct Annotation: Decodable {
    struct Query: Decodable { let expr: String? }
    let name: String
    let target: Query?
    let useValueForTime: Bool?
  }
  struct List<Element: Decodable>: Decodable { let list: [Element] }
  struct DashboardLink: Decodable {
    let type: String
    let tags: [String]
    let keepTime, includeVars: Bool
  }
  struct Dashboard: Decodable {
    let uid, title, timezone, refresh: String
    let schemaVersion: Int
    let editable: Bool
    let tags: [String]
    let panels: [Panel]
    let templating: List<Variable>
    let annotations: List<Annotation>
    let links: [DashboardLink]
  }

  static func all() throws -> [Dashboard] {
    try Committed.files().filter { $0.path.hasPrefix("observability/grafana/dashboards/") }.map {
      try JSONDecoder().decode(Dashboard.self, from: Data($0.contents.utf8))
    }
  }

  static func dashboard(_ uid: String) throws -> Dashboard { try #require(try all().first { $0.uid == uid }) }
}
