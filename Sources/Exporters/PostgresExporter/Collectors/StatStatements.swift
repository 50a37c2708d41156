import Catalog
import ExporterKit
import MetricModel
import Postgres
import Telemetry

/// `pg_stat_statements_*`: the statements that took the most time, where the extension is installed, and the sum of
/// all others. No SQL text unless asked for. Costs the server about 3 µs for each statement that it remembers, and
/// more with the texts, which are in a file.
/// Source: PostgreSQL documentation, "pg_stat_statements".
struct StatStatementsCollector: PostgresCollector {
  let name = "stat_statements"
  let help = "Las sentencias que más tiempo llevan; necesita la extensión pg_stat_statements."
  let isDefault = false
  let options: Options

  struct Options: Sendable, Equatable {
    var limit = 100
    /// nil: no text.
    var textCharacters: Int?
    var excludedDatabases: [String] = []
    var excludedUsers: [String] = []
  }

  /// The whole server's: the function shows all databases.
  func statements(for server: ServerFacts) -> [Statement] {
    guard let place = server.extensions["pg_stat_statements"] else { return [] }
    let time = Self.isAtLeast(place.version, 1, 11) ? "shared_blk" : "blk"
    let text = options.textCharacters.map { "left(query, \($0))" } ?? "NULL"
    let function =
      "\(SQLText.identifier(place.schema)).pg_stat_statements(\(options.textCharacters == nil ? "false" : "true"))"
    return [
      Statement(
        name,
        """
        WITH seen AS MATERIALIZED (
          SELECT userid, dbid, queryid, \(text) AS text, calls, total_exec_time AS spent, rows,
                 \(time)_read_time AS reading, \(time)_write_time AS writing
          FROM \(function) AS s WHERE dbid IN (SELECT oid FROM pg_database)\(exclusions)
        ), listed AS (
          SELECT * FROM seen WHERE queryid IS NOT NULL ORDER BY spent DESC, queryid, dbid, userid
          LIMIT \(options.limit)
        )
        SELECT pg_get_userbyid(userid), datname, queryid, text, calls, spent / 1000::float8, rows,
               reading / 1000::float8, writing / 1000::float8, 1
        FROM listed JOIN pg_database ON oid = dbid
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, sum(calls), sum(spent) / 1000::float8, sum(rows), 0, 0, count(*) FROM seen
        """)
    ]
  }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    var others = Figures()
    var order: [[String]] = []
    var listed: [[String]: (figures: Figures, text: String?)] = [:]
    for row in answers.joined() {
      let figures = try Figures(row)
      guard let queryID = try row.decode(2, as: String?.self) else {
        others.add(figures, 1)
        continue
      }
      others.add(figures, -1)
      // Since PostgreSQL 14 a statement has two rows where it runs by itself and inside functions.
      let key = [try row.decode(0, as: String?.self) ?? "", try row.decode(1, as: String?.self) ?? "", queryID]
      if listed[key] == nil { order.append(key) }
      let text = try row.decode(3, as: String?.self)
      listed[key, default: (Figures(), text)].figures.add(figures, 1)
    }
    for key in order { if let one = listed[key] { Self.add(one.figures, key, to: &batch) } }
    addTexts(order.compactMap { key in listed[key]?.text.map { (key[2], $0) } }, to: &batch)
    guard !answers.isEmpty else { return }
    batch.add(PG.StatStatements.others, max(others.statements, 0))
    batch.add(PG.StatStatements.othersCalls, max(others.calls, 0))
    batch.add(PG.StatStatements.othersSeconds, max(others.seconds, 0))
    batch.add(PG.StatStatements.othersRows, max(others.rows, 0))
  }

  private static func add(_ figures: Figures, _ key: [String], to batch: inout SampleBatch) {
    batch.add(PG.StatStatements.callsTotal.descriptor, labelValues: key, figures.calls)
    batch.add(PG.StatStatements.secondsTotal.descriptor, labelValues: key, figures.seconds)
    batch.add(PG.StatStatements.rowsTotal.descriptor, labelValues: key, figures.rows)
    batch.add(PG.StatStatements.blockReadSecondsTotal.descriptor, labelValues: key, figures.reading)
    batch.add(PG.StatStatements.blockWriteSecondsTotal.descriptor, labelValues: key, figures.writing)
  }

  /// Once for each number: several users may run the same statement.
  private func addTexts(_ texts: [(queryID: String, text: String)], to batch: inout SampleBatch) {
    var named: Set<String> = []
    for (queryID, text) in texts where named.insert(queryID).inserted {
      batch.add(PG.StatStatements.queryId, Pair(PG.QueryID(queryID), PG.QueryText(text)), 1)
    }
  }

  private var exclusions: String {
    var text = ""
    if !options.excludedDatabases.isEmpty {
      let names = Self.list(options.excludedDatabases)
      text += " AND dbid NOT IN (SELECT oid FROM pg_database WHERE datname IN (\(names)))"
    }
    if !options.excludedUsers.isEmpty {
      let names = Self.list(options.excludedUsers)
      text += " AND userid NOT IN (SELECT oid FROM pg_roles WHERE rolname IN (\(names)))"
    }
    return text
  }

  private static func list(_ names: [String]) -> String {
    names.map(SQLText.literal).joined(separator: ", ")
  }

  /// Versions of an extension have two numbers; the columns are those of the extension's version, not the server's,
  /// which an upgrade leaves behind.
  static func isAtLeast(_ version: String, _ major: Int, _ minor: Int) -> Bool {
    let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
    return (numbers.first ?? 0, numbers.dropFirst().first ?? 0) >= (major, minor)
  }
}

/// What a statement, or several, took.
private struct Figures {
  var calls = 0.0
  var seconds = 0.0
  var rows = 0.0
  var reading = 0.0
  var writing = 0.0
  var statements = 0.0

  init() {}

  init(_ row: Row) throws {
    calls = try row.decode(4, as: Double?.self) ?? 0
    seconds = try row.decode(5, as: Double?.self) ?? 0
    rows = try row.decode(6, as: Double?.self) ?? 0
    reading = try row.decode(7, as: Double?.self) ?? 0
    writing = try row.decode(8, as: Double?.self) ?? 0
    statements = try row.decode(9)
  }

  mutating func add(_ other: Figures, _ sign: Double) {
    calls += sign * other.calls
    seconds += sign * other.seconds
    rows += sign * other.rows
    reading += sign * other.reading
    writing += sign * other.writing
    statements += sign * other.statements
  }
}
