import MetricModel

/// A query of the operator's own, as a complete value: `queries.yaml` of the standard exporter, and a time limit.
struct CustomQuery: Sendable, Equatable {
  /// What becomes of a column of the answer.
  enum Usage: Sendable, Equatable {
    case label
    case discard
    case counter
    case gauge
    /// Bounds in the column itself, counts, sum and number in its siblings `_bucket`, `_sum` and `_count`.
    case histogram
    /// A text that stands for a number.
    case mapped([String: Double])
    /// A duration as Go writes it, exported in milliseconds under a name that says so.
    case duration
  }

  struct Column: Sendable, Equatable {
    let name: String
    let usage: Usage
    let description: String
  }

  /// What the families' names begin with, and the collector's name.
  let name: String
  let sql: String
  /// In the order of the file.
  let columns: [Column]
  /// Only in the first database.
  var isForServer = false
  /// How long an answer may be used; nil: never again.
  var freshness: Duration?
  /// nil: of all versions.
  var versions: VersionRange?
  var limit: Duration = .seconds(Self.defaultLimitSeconds)

  static let defaultLimitSeconds = 5
  static let maximumLimitSeconds = 60
  static let maximumCacheSeconds = 86_400

  /// Sorted, with the server's.
  var labelNames: [String] { (columns.filter { $0.usage == .label }.map(\.name) + ["server"]).sorted() }

  /// nil for what is no family: labels and what is thrown away.
  func family(_ column: Column) -> FamilyDescriptor? {
    let kind: Kind
    var suffix = ""
    switch column.usage {
    case .label, .discard: return nil
    case .counter: kind = .counter
    case .gauge, .mapped: kind = .gauge
    case .histogram: kind = .histogram
    case .duration: (kind, suffix) = (.gauge, "_milliseconds")
    }
    let help = column.description.isEmpty ? "Column \(column.name) of the custom query." : column.description
    return FamilyDescriptor(
      name: "\(name)_\(column.name)\(suffix)", help: help, kind: kind, labelNames: labelNames)
  }

  /// Of a column that the file does not name.
  func unknownFamily(_ column: String) -> FamilyDescriptor {
    FamilyDescriptor(
      name: "\(name)_\(column)", help: "Unknown metric from \(name)", kind: .unknown, labelNames: labelNames)
  }
}
