import NIOHTTP1

/// A GET or HEAD of a page.
public struct PageRequest: Sendable {
  /// Without the query.
  public let path: String
  /// What stands behind the `?`, as it came; empty where there is none.
  public let query: String
  /// The answer's body will not be sent: a page need not make it.
  public let isHead: Bool
  private let fields: [(name: String, value: String)]

  /// For whoever asks a page without a server. Names of fields may be in any case.
  public init(path: String, query: String = "", fields: [(name: String, value: String)] = [], isHead: Bool = false) {
    self.path = path
    self.query = query
    self.isHead = isHead
    self.fields = fields
  }

  /// The values of a header field, several joined by commas (RFC 9110 §5.3); nil where the field is not there.
  public func header(_ name: String) -> String? {
    let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }
}

/// The path and query of a request's target, in origin form (`/metrics?x`) or absolute form (`http://host/metrics`),
/// which RFC 9112 §3.2.2 obliges a server to take.
struct RequestTarget: Equatable {
  let path: String
  let query: String

  /// nil for the forms that are no page's: `*` and `host:port`.
  init?(_ uri: String) {
    guard let local = Self.localPart(of: uri) else { return nil }
    let parts = local.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = parts.first.map(String.init) ?? "/"
    query = parts.count > 1 ? String(parts[1]) : ""
  }

  private static func localPart(of uri: String) -> Substring? {
    if uri.hasPrefix("/") { return uri[...] }
    guard let scheme = ["http://", "https://"].first(where: { uri.lowercased().hasPrefix($0) }) else { return nil }
    let rest = uri.dropFirst(scheme.count)
    return rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
  }
}
