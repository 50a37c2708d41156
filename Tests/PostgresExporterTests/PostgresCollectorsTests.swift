import ExporterKit
import Postgres
import Settings
import Testing

@testable import PostgresExporter

@Suite("The list of collectors")
struct PostgresCollectorsTests {
  private func names(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Set<String> {
    let application = PostgresExporterApplication()
    let collectors = CollectorFlags(application.collectors)
    let flags = try FlagValues(arguments, flags: application.flags + collectors.all, environment: environment)
    let options = ExporterOptions(
      flags: flags, settings: Settings(environment: environment), enabledCollectors: collectors.enabled(flags))
    return Set(try PostgresCollectors.enabled(options, logger: CapturedLog().logger).map(\.name))
  }

  @Test("names are unique, and what runs by default is what the standard exporters run")
  func defaults() throws {
    let collectors = try PostgresCollectors.make(.none)
    #expect(Set(collectors.map(\.name)).count == collectors.count)
    #expect(collectors.first?.name == "up")
    #expect(
      Set(collectors.filter(\.isDefault).map(\.name)) == [
        "up", "settings", "stat_bgwriter", "stat_archiver", "replication", "replication_slots", "stat_replication",
        "wal", "roles", "database", "database_size", "stat_database", "stat_database_conflicts",
        "stat_progress_vacuum", "stat_user_tables", "statio_user_tables", "stat_activity", "locks",
      ])
  }

  @Test("statements have names of their own, since a session prepares them by name")
  func statementNames() throws {
    for version in [130_000, 150_000, 180_000] {
      let facts = ServerFacts(
        version: version, database: "d",
        extensions: [
          "pg_stat_statements": .init(schema: "s", version: "1.10"),
          "pg_buffercache": .init(schema: "s", version: "1.4"),
        ])
      let names = try PostgresCollectors.make(.none).flatMap { $0.statements(for: facts).map(\.name) }
      #expect(Set(names).count == names.count)
    }
  }

  @Test("the switches of 0.11.1 turn off what they turned off there")
  func switches() throws {
    let all = try names([])
    #expect(
      all.subtracting(try names(["--disable-default-metrics"])) == [
        "locks", "replication_slots", "stat_activity", "stat_archiver", "stat_database", "stat_database_conflicts",
        "stat_replication",
      ])
    #expect(all.subtracting(try names([], ["PG_EXPORTER_DISABLE_SETTINGS_METRICS": "true"])) == ["settings"])
  }

  @Test(
    "a former name of a flag turns its collector on and off, and today's counts before it",
    arguments: [
      ("bgwriter", ["stat_bgwriter"]), ("replication_slot", ["replication_slots"]),
      ("database", ["database", "database_size"]),
    ])
  func formerNames(_ former: String, _ today: [String]) throws {
    let collectors = Set(today)
    let all = try names([])
    #expect(try names(["--collector.\(former)"]) == all)
    #expect(all.subtracting(try names(["--no-collector.\(former)"])) == collectors)
    let none = "--collector.disable-defaults"
    #expect(try names([none, "--collector.\(former)"]) == collectors)
    #expect(try names([none, "--collector.\(former)=false"]).isEmpty)
    for name in collectors where name != former {
      #expect(try names([none, "--no-collector.\(former)", "--collector.\(name)"]) == [name])
      #expect(try !names(["--collector.\(former)", "--no-collector.\(name)"]).contains(name))
    }
  }

  @Test("limits that are no numbers, or none that can be meant, are refused")
  func limits() {
    for value in ["-1", "many", "100001"] {
      #expect(throws: FlagMistake.self) { try names(["--collector.stat_user_tables.limit=\(value)"]) }
      #expect(throws: FlagMistake.self) { try names(["--collector.stat_statements.limit=\(value)"]) }
    }
  }
}
