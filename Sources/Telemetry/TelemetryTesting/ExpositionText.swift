/// A page in Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/), read
/// strictly: what the format's description forbids is an error with its line, also where Prometheus would put up with
/// it (a family in two places, a type after its samples, a series twice, a histogram that does not add up).
public struct ExpositionText: Sendable, Equatable {
  /// As `# TYPE` lines say it.
  public enum FamilyType: String, Sendable, CaseIterable {
    /// Has one sample a series, which only grows.
    case counter
    /// Has one sample a series.
    case gauge
    /// Has `_bucket`, `_sum` and `_count` samples.
    case histogram
    /// Has samples with `quantile`, and `_sum` and `_count`.
    case summary
    /// Says nothing; what a family without a type is.
    case untyped
  }

  /// The lines that belong to one name.
  public struct Family: Sendable, Equatable {
    /// A histogram's or a summary's is without `_bucket`, `_sum` and `_count`.
    public let name: String
    /// nil without a `# TYPE` line, which reads as `untyped`.
    public let type: FamilyType?
    /// nil without a `# HELP` line; unescaped.
    public let help: String?
    /// In the page's order; a histogram's are its `_bucket`, `_sum` and `_count` samples.
    public let samples: [Sample]
    /// The first that speaks of it, from 1.
    public let line: Int
  }

  /// A name and a value; equal where both are.
  public struct Label: Sendable, Hashable {
    /// Unescaped, without quotes.
    public let name: String
    /// Unescaped.
    public let value: String

    /// Values are given as they are meant, not escaped.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// One line with a value.
  public struct Sample: Sendable, Equatable {
    /// As the line has it: `x_bucket`, where the family is `x`.
    public let name: String
    /// In the page's order.
    public let labels: [Label]
    /// Any double, infinities and NaN included.
    public let value: Double
    /// Since the epoch; nil where the scraper's clock counts.
    public let timestampMilliseconds: Int64?
    /// From 1.
    public let line: Int

    /// nil without such a label.
    public subscript(label name: String) -> String? { labels.first { $0.name == name }?.value }
  }

  /// In the page's order.
  public let families: [Family]

  /// Names in quotes, as text 1.0.0 has them for what is beyond the legacy alphabet, are errors unless allowed.
  /// - Throws: the first line that is not as the format wants it.
  public init(_ page: String, allowsQuotedNames: Bool = false) throws(ExpositionTextError) {
    try self.init(bytes: Array(page.utf8), allowsQuotedNames: allowsQuotedNames)
  }

  /// The same of bytes that have yet to prove themselves UTF-8.
  public init(bytes: [UInt8], allowsQuotedNames: Bool = false) throws(ExpositionTextError) {
    var assembly = FamilyAssembly()
    var (rest, number) = (bytes[...], 1)
    while !rest.isEmpty {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
        throw ExpositionTextError(line: number, "the page ends within a line: end the last one with a line feed")
      }
      guard String(validating: rest[..<end], as: UTF8.self) != nil else {
        throw ExpositionTextError(line: number, "is not UTF-8")
      }
      var reader = LineReader(rest[..<end], number: number, allowsQuotedNames: allowsQuotedNames)
      try assembly.add(try reader.read(), line: number)
      rest = rest[(end + 1)...]
      number += 1
    }
    families = try assembly.finish()
  }

  /// nil where the page has none of that name.
  public func family(_ name: String) -> Family? { families.first { $0.name == name } }
}

/// Where a page is not as the format wants it.
public struct ExpositionTextError: Error, Sendable, Equatable, CustomStringConvertible {
  /// From 1.
  public let line: Int
  /// What is wrong there, for whoever reads the failing test.
  public let problem: String
  public var description: String { "line \(line): \(problem)" }

  init(line: Int, _ problem: String) {
    self.line = line
    self.problem = problem
  }
}
