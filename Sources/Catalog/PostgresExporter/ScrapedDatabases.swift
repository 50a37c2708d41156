import MetricModel

extension PG {
  /// What the exporter says of the databases in which it asks.
  package enum ScrapedDatabases {
    package typealias Labels = Pair<DatabaseName, ServerLabel>

    package static let up = Family<Gauge, Labels>(
      "pg_exporter_database_up", "1 if the database that is scraped could be reached.",
      use: .notNeeded("read by hand when a panel is empty"))
    package static let answerAge = Family<Gauge, CollectorLabel>(
      "pg_exporter_collector_answer_age_seconds",
      "Age of an answer that is served again, since asking the server is expensive.", unit: .seconds,
      use: .notNeeded("read by hand when a panel seems late"))

    package static let all = [up.descriptor, answerAge.descriptor]
  }
}
