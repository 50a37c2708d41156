import MetricModel

extension PG {
  /// `pg_long_running_transactions*`: transactions that are open, autovacuum aside.
  package enum LongRunningTransactions {
    package static let prefix = "pg_long_running_transactions_"

    package static let transactions = Family<Gauge, NoLabels>(
      String(prefix.dropLast()), "Current number of long running transactions",
      use: parity)
    package static let oldestTimestampSeconds = Family<Gauge, NoLabels>(
      prefix + "oldest_timestamp_seconds", "The current maximum transaction age in seconds", unit: .seconds,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      transactions.descriptor, oldestTimestampSeconds.descriptor,
    ]
  }
}
