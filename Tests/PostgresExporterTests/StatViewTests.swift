import Catalog
import MetricModel
import Postgres
import Testing

@testable import PostgresExporter

@Suite("Views")
struct StatViewTests {
  private func names(_ view: StatView, _ version: Int) -> Set<String> { Set(view.columns(version).map(\.name)) }

  @Test("a server is asked for the columns that its version has")
  func versions() {
    let database = StatDatabaseCollector.view
    #expect(names(database, 130_000).contains("checksum_failures"))
    #expect(!names(database, 130_022).contains("session_time"))
    #expect(names(database, 140_000) == names(database, 170_000))
    #expect(names(database, 180_000).count == PG.StatDatabase.all.count)
    let conflicts = StatDatabaseConflictsCollector.view
    #expect(!names(conflicts, 150_018).contains("confl_active_logicalslot"))
    #expect(names(conflicts, 160_000).count == PG.StatDatabaseConflicts.all.count)
  }

  @Test("every exception for a version or an instant names a column")
  func exceptions() {
    for view in [StatDatabaseCollector.view, StatDatabaseConflictsCollector.view] {
      #expect(!view.columns.contains { $0.name.isEmpty })
    }
    #expect(StatDatabaseCollector.view.columns.count { $0.versions.lowerBound > 0 } == 10)
    #expect(
      StatDatabaseCollector.view.columns.filter(\.isInstant).map(\.name) == ["checksum_last_failure", "stats_reset"])
    #expect(StatDatabaseConflictsCollector.view.columns.count { $0.versions.lowerBound > 0 } == 1)
    #expect(StatBgwriterCollector.view.columns.count { $0.versions.upperBound < .max } == 7)
  }

  @Test("a statement names labels first, then columns, then what the collector wants for itself")
  func statement() {
    let view = StatView(
      "v", prefix: PG.StatDatabase.prefix,
      [PG.StatDatabase.xactCommit.descriptor, PG.StatDatabase.activeTimeSecondsTotal.descriptor],
      sql: ["xact_commit": "a + 1", "active_time_seconds_total": "b"], labels: ["datname": "v.name"], extra: ["total"])
    #expect(
      view.statement(serverVersion: 150_000).sql
        == "SELECT datid AS \"datid\", v.name AS \"datname\", a + 1 AS xact_commit, "
        + "b AS active_time_seconds_total, total FROM v")
    #expect(view.extraIndex(serverVersion: 150_000) == 4)
  }
}
