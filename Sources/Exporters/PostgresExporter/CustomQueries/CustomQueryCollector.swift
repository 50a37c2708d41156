import Catalog
import ExporterKit
import Logging
import MetricModel
import Postgres
import Telemetry

/// A query of the operator's own. What it costs is the operator's affair; its time limit is kept.
struct CustomQueryCollector: PostgresCollector {
  let query: CustomQuery
  /// Families of the exporter's own, which a column that the file does not name must not enter.
  let reserved: Set<String>
  let once: OnceLog

  var name: String { query.name }
  var help: String { "Consulta propia." }
  var limit: Duration { query.limit }
  var scope: CollectorScope { query.isForServer ? .server : .eachDatabase }
  var namesServer: Bool { true }
  var freshness: Duration? { query.freshness }

  func statements(for server: ServerFacts) -> [Statement] {
    query.versions?.contains(server.version) ?? true ? [Statement(name, query.sql)] : []
  }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for rows in answers {
      let columns = rows.columns
      let places = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      for label in query.labelNames where label != "server" && places[label] == nil {
        throw CustomQueryError(query: name, column: label)
      }
      for row in rows {
        let answer = Answer(row: row, columns: columns, places: places, types: rows.columnTypes)
        let labels = try query.labelNames.map { label in
          label == "server" ? session.server.labelValue : try answer.label(label)
        }
        try add(answer, labels, to: &batch)
      }
    }
  }

  private func add(_ answer: Answer, _ labels: [String], to batch: inout SampleBatch) throws {
    for column in query.columns {
      guard let family = query.family(column), answer.places[column.name] != nil else { continue }
      if case .histogram = column.usage {
        guard let distribution = try answer.distribution(column.name) else {
          note(column.name, "has no arrays of numbers, or its siblings _bucket, _sum and _count are not there")
          continue
        }
        batch.add(family, labelValues: labels, distribution)
      } else if let value = try answer.value(column) {
        batch.add(family, labelValues: labels, value)
      } else {
        note(column.name, "cannot be read as a number")
      }
    }
    for column in answer.columns where !isKnown(column) {
      let family = query.unknownFamily(column)
      if Lint.isMetricName(family.name), !reserved.contains(family.name), let value = try answer.number(column) {
        batch.add(family, labelValues: labels, value)
      } else {
        note(column, "is not in the file, and is no number or has the name of another family")
      }
    }
  }

  /// The siblings of a histogram are known through it.
  private func isKnown(_ column: String) -> Bool {
    query.columns.contains { known in
      known.name == column
        || known.usage == .histogram && ["_bucket", "_sum", "_count"].contains { known.name + $0 == column }
    }
  }

  private func note(_ column: String, _ reason: String) {
    once.notice(
      "a column of a custom query \(reason); it is left out", about: "\(name).\(column)",
      metadata: ["query": "\(name)", "column": "\(column)"])
  }
}

/// A row with its columns' places.
private struct Answer {
  let row: Row
  let columns: [String]
  let places: [String: Int]
  let types: [PostgresType]

  private func text(_ column: String) throws -> (text: String?, type: PostgresType)? {
    guard let place = places[column], types.indices.contains(place) else { return nil }
    return (try row.decode(place, as: String?.self), types[place])
  }

  func label(_ column: String) throws -> String { try text(column).map { ColumnValue.label($0.text, $0.type) } ?? "" }

  func number(_ column: String) throws -> Double? { try text(column).flatMap { ColumnValue.number($0.text, $0.type) } }

  func value(_ column: CustomQuery.Column) throws -> Double? {
    switch column.usage {
    case .mapped(let mapping):
      return try text(column.name)?.text.flatMap { mapping[$0] }
    case .duration:
      // As Go writes them; -1 is off.
      guard let text = try text(column.name)?.text, text != "-1" else { return nil }
      return Duration(go: text).map { ($0 / .milliseconds(1)).rounded(.down) }
    default: return try number(column.name)
    }
  }

  func distribution(_ column: String) throws -> Distribution? {
    guard let bounds = try array(column), let counts = try array(column + "_bucket"),
      let sum = try number(column + "_sum"), let count = try number(column + "_count")
    else { return nil }
    return Distribution(zip(bounds, counts).map { Distribution.Point(at: $0, $1) }, sum: sum, count: count)
  }

  private func array(_ column: String) throws -> [Double]? {
    guard let place = places[column] else { return nil }
    return try? row.decode(place, as: [Double].self)
  }
}

/// The answer lacks a column that the file makes a label: without it series could not be told apart.
struct CustomQueryError: Error, CustomStringConvertible {
  let query: String
  let column: String
  var description: String {
    "the custom query \(query) has no column \(column), which its file makes a label; correct either"
  }
}
