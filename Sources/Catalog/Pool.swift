import MetricModel

/// A service's view of its database.
package enum Pool {
  package static let connections = Family<Gauge, PoolState>(
    "db_pool_connections", "Database connections by state; waiting counts requests that wait for one.")
  package static let queries = Family<Histogram, StatementLabel>(
    "db_query_duration_seconds", "Time of a statement from sending to its last row.", unit: .seconds,
    bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5])

  package static let all = [connections.descriptor, queries.descriptor]
}

package enum PoolState: ClosedLabel {
  case idle, inUse, waiting
  package static let labelName = "state"
  @inlinable package static var count: Int { 3 }
  package var labelValue: String { self == .inUse ? "in_use" : caseName }
}

/// The name of a prepared statement; past the table's limit the rest count as `other`.
package struct StatementLabel: ClosedLabelSet, Label {
  package static let labelName = "statement"
  @inlinable package static var count: Int { 64 }
  package let slot: Int
  private static let table = InternTable(maximumCount: count, overflow: ["other"])
  package init(_ name: String) { slot = Self.table.slot(of: [name]) }
  package var labelValue: String { Self.table.values(at: slot)?[0] ?? "other" }
  package static func labelValues(at slot: Int) -> [String]? { table.values(at: slot) }
}
