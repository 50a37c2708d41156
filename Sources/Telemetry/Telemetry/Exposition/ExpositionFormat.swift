/// The format of a metrics page, and what becomes of names that it cannot hold as they are.
public struct ExpositionFormat: Sendable, Hashable {
  /// A syntax and its version, without what becomes of names.
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// Prometheus text 0.0.4.
    case text
    /// Prometheus text 1.0.0: as 0.0.4, with quoted names.
    case textUTF8
    /// OpenMetrics text 1.0.0.
    case openMetrics
    /// `io.prometheus.client.MetricFamily` messages, each behind its length: the only one with native histograms.
    case protobuf
  }

  /// The syntax of the page.
  public let kind: Kind
  /// What becomes of names outside the legacy alphabet.
  public let escaping: EscapingScheme
  /// The scraper named the scheme, so the answer does too: scrapers before Prometheus 3 do not know the parameter.
  public let isEscapingNamed: Bool

  /// Where `escaping` is nil it is `underscores`, which the content type of text 1.0.0 alone then names.
  public init(_ kind: Kind, escaping: EscapingScheme? = nil) {
    self.kind = kind
    self.escaping = escaping ?? .underscores
    isEscapingNamed = escaping != nil
  }

  /// Text 0.0.4, which every scraper reads; names are made legal with underscores.
  public static let text = ExpositionFormat(.text)
  /// Text 1.0.0, names as they are and quoted where they must be: for Prometheus 3.
  public static let textUTF8 = ExpositionFormat(.textUTF8, escaping: .allowUTF8)
  /// OpenMetrics 1.0.0, with exemplars; names are made legal with underscores.
  public static let openMetrics = ExpositionFormat(.openMetrics)
  /// Delimited protobuf, with exemplars and native histograms; names are made legal with underscores.
  public static let protobuf = ExpositionFormat(.protobuf)

  /// The field `Content-Type` of an answer in this format.
  public var contentType: String {
    // Text 1.0.0 must name its scheme (https://prometheus.io/docs/instrumenting/content_negotiation/).
    kind.contentType + (isEscapingNamed || kind == .textUTF8 ? "; escaping=\(escaping.rawValue)" : "")
  }

  /// Chooses by an Accept header (RFC 9110 §12.5.1): the highest quality wins, the more specific range first; a tie
  /// goes to the kind that more scrapers read, text 0.0.4 before all. Whoever accepts nothing of ours gets text 0.0.4,
  /// as every Prometheus client does: a page that a scraper may still read is worth more than a 406.
  public static func negotiate(accept: String?) -> ExpositionFormat {
    guard let accept else { return .text }
    let ranges = MediaRange.list(accept)
    var (chosen, weight) = (ExpositionFormat.text, 0)
    for kind in Kind.allCases {
      guard let range = kind.range(among: ranges), range.weightThousandths > weight else { continue }
      chosen = ExpositionFormat(kind, escaping: range.parameter("escaping").flatMap(EscapingScheme.init))
      weight = range.weightThousandths
    }
    return chosen
  }
}

extension ExpositionFormat.Kind {
  fileprivate var contentType: String {
    switch self {
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    case .textUTF8: "text/plain; version=1.0.0; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    case .protobuf: "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
    }
  }

  /// The range that speaks of this kind: the most specific, of several such the most favourable.
  fileprivate func range(among ranges: [MediaRange]) -> MediaRange? {
    let matching = ranges.compactMap { range in specificity(of: range).map { (range, $0) } }
    return matching.max { ($0.1, $0.0.weightThousandths) < ($1.1, $1.0.weightThousandths) }?.0
  }

  /// How closely the range names this kind; nil where it does not.
  private func specificity(of range: MediaRange) -> Int? {
    let version = range.parameter("version")
    switch (range.type, self) {
    // Text 1.0.0 and protobuf go to who names them alone: not everybody reads them.
    case ("*/*", .text), ("*/*", .openMetrics): return 0
    case ("text/*", .text), ("application/*", .openMetrics): return 1
    case ("text/plain", .text): return Self.specificity(of: version, ours: "0.0.4")
    case ("text/plain", .textUTF8): return version == "1.0.0" ? 4 : nil
    // 1.0.0 is what every client answers who is asked for 0.0.1, its draft.
    case ("application/openmetrics-text", .openMetrics) where version == "0.0.1": return 2
    case ("application/openmetrics-text", .openMetrics): return Self.specificity(of: version, ours: "1.0.0")
    case ("application/vnd.google.protobuf", .protobuf):
      let isOurs =
        range.parameter("proto") == "io.prometheus.client.metricfamily" && range.parameter("encoding") == "delimited"
      return isOurs ? 4 : nil
    default: return nil
    }
  }

  private static func specificity(of version: String?, ours: String) -> Int? {
    guard let version else { return 3 }
    return version == ours ? 4 : nil
  }
}
