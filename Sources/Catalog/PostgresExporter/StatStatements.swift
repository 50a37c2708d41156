import MetricModel

extension PG {
  /// `pg_stat_statements_*`: the statements that took the most time since the last reset, and what all others took
  /// together. The others are gauges: their sum falls when one of them enters the list.
  package enum StatStatements {
    package static let prefix = "pg_stat_statements_"

    package static let callsTotal = Family<Counter, Triple<UserName, DatabaseName, QueryID>>(
      prefix + "calls_total", "Number of times executed",
      use: parity)
    package static let secondsTotal = Family<Counter, Triple<UserName, DatabaseName, QueryID>>(
      prefix + "seconds_total", "Total time spent in the statement, in seconds", unit: .seconds,
      use: parity)
    package static let rowsTotal = Family<Counter, Triple<UserName, DatabaseName, QueryID>>(
      prefix + "rows_total", "Total number of rows retrieved or affected by the statement",
      use: parity)
    package static let blockReadSecondsTotal = Family<Counter, Triple<UserName, DatabaseName, QueryID>>(
      prefix + "block_read_seconds_total", "Total time the statement spent reading blocks, in seconds", unit: .seconds,
      use: parity)
    package static let blockWriteSecondsTotal = Family<Counter, Triple<UserName, DatabaseName, QueryID>>(
      prefix + "block_write_seconds_total", "Total time the statement spent writing blocks, in seconds", unit: .seconds,
      use: parity)
    package static let queryId = Family<Counter, Pair<QueryID, QueryText>>(
      prefix + "query_id", "SQL Query to queryid mapping",
      use: parity)
    package static let others = Family<Gauge, NoLabels>(
      prefix + "others", "Statements that are not exported one by one.",
      use: parity)
    package static let othersCalls = Family<Gauge, NoLabels>(
      prefix + "others_calls", "Times that these others were executed.",
      use: parity)
    package static let othersSeconds = Family<Gauge, NoLabels>(
      prefix + "others_seconds", "Time that these others took.", unit: .seconds,
      use: parity)
    package static let othersRows = Family<Gauge, NoLabels>(
      prefix + "others_rows", "Rows that these others retrieved or affected.",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      callsTotal.descriptor, secondsTotal.descriptor, rowsTotal.descriptor, blockReadSecondsTotal.descriptor,
      blockWriteSecondsTotal.descriptor, queryId.descriptor, others.descriptor, othersCalls.descriptor,
      othersSeconds.descriptor, othersRows.descriptor,
    ]
  }
}
