/// How the bytes of an HTTP body are coded (RFC 9110 §8.4.1), in the order in which we prefer them: on a page of
/// metrics zstd takes half the time of gzip and leaves less.
public enum ContentCoding: String, Sendable, Hashable, CaseIterable {
  /// RFC 8878.
  case zstd
  /// RFC 1952.
  case gzip
  /// Not coded.
  case identity

  /// nil for `identity`, which is never sent.
  public var contentEncoding: String? { self == .identity ? nil : rawValue }
}

/// The codings that a client takes: an Accept-Encoding header (RFC 9110 §12.5.3).
public struct AcceptEncoding: Sendable, Equatable {
  /// Smaller bodies stay as they are: they fit one packet in any case.
  public static let minimumBodyBytes = 1 << 10
  /// What stands behind so many codings of one header is not read.
  public static let maximumCodings = 16

  /// The best of those that are accepted. Who accepts none, not even `identity`, gets `identity`.
  private let preferred: ContentCoding
  private let isIdentityRefused: Bool

  /// - Parameter field: nil where there is no such header: then nothing is coded, since not every client that is
  ///   silent can decode.
  public init(_ field: String?) {
    let weights = Self.weights(field ?? "")
    func weight(_ coding: ContentCoding) -> Int {
      // What is not named is refused, but `identity` is taken where nothing better is.
      weights[coding.rawValue] ?? weights["*"] ?? (coding == .identity ? 1 : 0)
    }
    let best = ContentCoding.allCases.map(weight).max() ?? 0
    preferred = best == 0 ? .identity : ContentCoding.allCases.first { weight($0) == best } ?? .identity
    isIdentityRefused = weight(.identity) == 0 && best > 0
  }

  /// - Parameter bodyBytes: nil where only its end will show how long the body is.
  public func coding(bodyBytes: Int?) -> ContentCoding {
    let isSmall = (bodyBytes ?? .max) < Self.minimumBodyBytes
    return isSmall && !isIdentityRefused ? .identity : preferred
  }

  /// Each coding that was named, with its weight in thousandths.
  private static func weights(_ field: String) -> [String: Int] {
    var weights: [String: Int] = [:]
    for piece in field.utf8.split(separator: UInt8(ascii: ","), maxSplits: maximumCodings).prefix(maximumCodings) {
      let text = piece.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      let parts = String(decoding: text, as: UTF8.self).lowercased().split(separator: ";")
      guard let name = parts.first else { continue }
      let quality = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst("q=".count)
      // RFC 9110 §8.4.1.3: the two are one.
      let coding = name == "x-gzip" ? "gzip" : String(name)
      weights[coding] = max(weights[coding] ?? 0, quality.map(weight) ?? 1000)
    }
    return weights
  }

  /// `0.75` as 750; what cannot be read refuses.
  private static func weight(_ quality: Substring) -> Int {
    guard quality.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let value = Double(quality)
    else { return 0 }
    return Int((min(value, 1) * 1000).rounded())
  }
}
