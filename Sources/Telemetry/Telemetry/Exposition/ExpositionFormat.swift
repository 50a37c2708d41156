/// The formats of a metrics page.
public enum ExpositionFormat: Sendable, CaseIterable {
  /// Prometheus text 0.0.4.
  case text
  /// OpenMetrics text 1.0.
  case openMetrics

  public var contentType: String {
    switch self {
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// Chooses by an Accept header (RFC 9110 §12.5.1): the highest quality wins, the more specific range first; a tie
  /// goes to text. Whoever accepts nothing of ours gets text 0.0.4, as every Prometheus client does: a page that a
  /// scraper may still read is worth more than a 406.
  public static func negotiate(accept: String?) -> ExpositionFormat {
    guard let accept else { return .text }
    let ranges = accept.split(separator: ",").compactMap(MediaRange.init)
    func quality(_ format: ExpositionFormat) -> Double {
      ranges.filter { $0.matches(format) }.max { $0.specificity < $1.specificity }?.quality ?? 0
    }
    let openMetrics = quality(.openMetrics)
    return openMetrics > 0 && openMetrics > quality(.text) ? .openMetrics : .text
  }
}

/// One range of an Accept header.
private struct MediaRange {
  let type: String
  let version: String?
  let quality: Double

  init?(_ text: Substring) {
    var parts = text.split(separator: ";").map { $0.trimmed.lowercased() }[...]
    guard let type = parts.popFirst(), type.contains("/") else { return nil }
    self.type = type
    let parameters = parts.map { $0.split(separator: "=", maxSplits: 1).map(\.trimmed) }.filter { $0.count == 2 }
    // A parameter's value may be quoted (RFC 9110 §5.6.6).
    version = parameters.first { $0[0] == "version" }.map { $0[1].filter { $0 != "\"" } }
    quality = parameters.first { $0[0] == "q" }.map { Double($0[1]) ?? 0 } ?? 1
  }

  func matches(_ format: ExpositionFormat) -> Bool {
    switch (type, format) {
    case ("*/*", .text), ("text/*", .text): true
    case ("text/plain", .text): version == nil || version == "0.0.4"
    case ("application/openmetrics-text", .openMetrics): version == nil || version == "1.0.0"
    default: false
    }
  }

  var specificity: Int {
    if type == "*/*" { return 0 }
    return (type.hasSuffix("/*") ? 1 : 2) + (version == nil ? 0 : 1)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var rest = self
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}

extension String {
  fileprivate var trimmed: String { self[...].trimmed }
}
