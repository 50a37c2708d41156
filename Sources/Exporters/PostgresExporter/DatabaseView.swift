import Catalog
import MetricModel
import Postgres
import Telemetry

/// Reads a view with one row a database: each family is a column of the name behind the prefix.
struct DatabaseView: Sendable {
  struct Column: Sendable {
    let name: String
    let family: FamilyDescriptor
    /// The first version that has it; 0 for those of all versions that we know.
    let sinceVersion: Int
    /// An instant, exported as whole seconds since the epoch.
    let isInstant: Bool
  }

  let view: String
  let columns: [Column]

  /// - Parameters:
  ///   - since: the first versions of columns that not every version has.
  ///   - instants: the columns of type `timestamptz`.
  init(
    _ view: String, prefix: String, _ families: [FamilyDescriptor], since: [String: Int] = [:],
    instants: Set<String> = []
  ) {
    self.view = view
    columns = families.map { family in
      let name = String(family.name.dropFirst(prefix.count))
      return Column(name: name, family: family, sinceVersion: since[name] ?? 0, isInstant: instants.contains(name))
    }
  }

  func statement(serverVersion: Int) -> Statement {
    let selected = columns(serverVersion).map { column in
      column.isInstant ? "floor(extract(epoch FROM \(column.name))) AS \(column.name)" : column.name
    }
    return Statement(view, "SELECT datid, datname, \(selected.joined(separator: ", ")) FROM \(view)")
  }

  /// NULL is NaN: the server does not know, which is not 0.
  func read(_ rows: QueryResult, from session: PostgresSession, into batch: inout SampleBatch) throws(PostgresError) {
    let columns = columns(session.facts.version)
    for row in rows {
      let labels = DatabaseLabels(
        datid: try row.decode(0, as: String?.self) ?? "", datname: try row.decode(1, as: String?.self) ?? "",
        server: session.server
      ).labelValues
      for (index, column) in columns.enumerated() {
        let value = try row.decode(index + 2, as: Double?.self)
        batch.add(column.family, labelValues: labels, value ?? .nan)
      }
    }
  }

  func columns(_ serverVersion: Int) -> [Column] { columns.filter { $0.sinceVersion <= serverVersion } }
}
