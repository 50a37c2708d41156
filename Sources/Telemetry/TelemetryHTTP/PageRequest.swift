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

  /// The query's items in their order, `name=value` joined by `&`, decoded as forms are (`+` is a space, `%41` an A;
  /// https://url.spec.whatwg.org/#urlencoded-parsing). A name without `=` has an empty value.
  public var queryItems: [(name: String, value: String)] {
    query.split(separator: "&").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
    }
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "+") {
        bytes.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%"), rest.count >= 2,
        let high = hexadecimal(rest[rest.startIndex]), let low = hexadecimal(rest[rest.startIndex + 1])
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
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
