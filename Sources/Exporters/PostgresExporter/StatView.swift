import Catalog
import MetricModel
import Postgres
import Synchronization
import Telemetry

// Proof of Sendable: all is constant but the plans, which the lock guards.
/// Reads rows of which each column is a family. The column is called as the family behind the prefix, and the labels
/// are columns too, unless a dictionary says otherwise.
final class StatView: Sendable {
  /// What NULL becomes.
  enum Null: Sendable {
    /// The server does not know, which is not 0.
    case nan
    case zero
    /// No series.
    case absent
  }

  struct Column: Sendable {
    let name: String
    let family: FamilyDescriptor
    let sql: String
    /// The versions of the server that have it, as `ServerFacts.version`.
    let versions: Range<Int>
    /// An instant, exported as whole seconds since the epoch.
    let isInstant: Bool
    let null: Null
  }

  /// The statement of a version with the places of what it answers.
  private struct Plan: Sendable {
    let statement: Statement
    let columns: [Column]
    /// Which group of labels each column has.
    let groups: [Int]
    /// Where each label of a group is in a row; nil is the server's.
    let labels: [[Int?]]
    /// Of the first family's column, behind the labels.
    let firstColumn: Int
  }

  /// The servers of a process rarely have more; past it they are forgotten and made again.
  private static let maximumPlans = 16

  let name: String
  let columns: [Column]
  private let source: String
  private let labelSQL: [String: String]
  private let extra: [String]
  private let plans = Mutex<[Int: Plan]>([:])

  /// - Parameters:
  ///   - name: of the statement.
  ///   - source: what follows FROM; the name unless given.
  ///   - areTotals: the families' names end in `_total`, those of the columns do not.
  ///   - sql: the expressions of columns that are more than a name.
  ///   - labels: the expressions of labels that are more than a column's name.
  ///   - since: the first versions of columns that not every version has.
  ///   - until: the first versions of columns that no longer have them.
  ///   - instants: the columns of type `timestamptz`.
  ///   - absent: the columns of which NULL is no series.
  ///   - extra: columns behind the others, for the collector itself: see `extraIndex`.
  init(
    _ name: String, from source: String? = nil, prefix: String, _ families: [FamilyDescriptor],
    areTotals: Bool = false, sql: [String: String] = [:], labels: [String: String] = [:],
    since: [String: Int] = [:], until: [String: Int] = [:], instants: Set<String> = [], null: Null = .nan,
    absent: Set<String> = [],
    extra: [String] = []
  ) {
    self.name = name
    self.source = source ?? name
    labelSQL = labels
    self.extra = extra
    columns = families.map { family in
      let name = String(family.name.dropFirst(prefix.count))
      return Column(
        name: name, family: family, sql: sql[name] ?? (areTotals ? String(name.dropLast("_total".count)) : name),
        versions: (since[name] ?? 0)..<(until[name] ?? .max),
        isInstant: instants.contains(name), null: absent.contains(name) ? .absent : null)
    }
  }

  func columns(_ serverVersion: Int) -> [Column] { columns.filter { $0.versions.contains(serverVersion) } }

  func statement(serverVersion: Int) -> Statement { plan(serverVersion).statement }

  /// Where the first of the extra columns is.
  func extraIndex(serverVersion: Int) -> Int {
    let plan = plan(serverVersion)
    return plan.firstColumn + plan.columns.count
  }

  /// Column by column, since a batch finds the family of the sample before at once.
  func read(_ rows: QueryResult, from session: PostgresSession, into batch: inout SampleBatch) throws {
    let plan = plan(session.facts.version)
    let labels = try plan.labels.map { places in
      try rows.map { row in
        try places.map { place in
          try place.map { try row.decode($0, as: String?.self) ?? "" } ?? session.server.labelValue
        }
      }
    }
    for (index, column) in plan.columns.enumerated() {
      let labels = labels[plan.groups[index]]
      for (row, labelValues) in zip(rows, labels) {
        if let value = try row.decode(plan.firstColumn + index, as: Double?.self) {
          batch.add(column.family, labelValues: labelValues, value)
        } else if column.null != .absent {
          batch.add(column.family, labelValues: labelValues, column.null == .nan ? .nan : 0)
        }
      }
    }
  }

  private func plan(_ version: Int) -> Plan {
    plans.withLock { plans in
      if let plan = plans[version] { return plan }
      if plans.count >= Self.maximumPlans { plans = [:] }
      let made = makePlan(version)
      plans[version] = made
      return made
    }
  }

  private func makePlan(_ version: Int) -> Plan {
    let columns = columns(version)
    var labelNames: [String] = []
    var groupNames: [[String]] = []
    for column in columns where !groupNames.contains(column.family.labelNames) {
      groupNames.append(column.family.labelNames)
      for label in column.family.labelNames where label != ServerLabel.labelName && !labelNames.contains(label) {
        labelNames.append(label)
      }
    }
    let selected =
      labelNames.map { "\(labelSQL[$0] ?? $0) AS \"\($0)\"" }
      + columns.map { column in
        (column.isInstant ? "floor(extract(epoch FROM \(column.sql)))" : column.sql) + " AS \(column.name)"
      } + extra
    return Plan(
      statement: Statement(name, "SELECT \(selected.joined(separator: ", ")) FROM \(source)"), columns: columns,
      groups: columns.map { groupNames.firstIndex(of: $0.family.labelNames) ?? 0 },
      labels: groupNames.map { names in names.map { labelNames.firstIndex(of: $0) } }, firstColumn: labelNames.count)
  }
}
