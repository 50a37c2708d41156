import Catalog
import Testing

@testable import PostgresExporter

@Suite("Database views")
struct DatabaseViewTests {
  private func names(_ view: DatabaseView, _ version: Int) -> Set<String> { Set(view.columns(version).map(\.name)) }

  @Test("a server is asked for the columns that its version has")
  func versions() {
    let database = StatDatabaseCollector.view
    #expect(names(database, 130_000).contains("checksum_failures"))
    #expect(!names(database, 130_022).contains("session_time"))
    #expect(names(database, 140_000) == names(database, 170_000))
    #expect(names(database, 140_000).count == PG.StatDatabase.all.count)
    let conflicts = StatDatabaseConflictsCollector.view
    #expect(!names(conflicts, 150_018).contains("confl_active_logicalslot"))
    #expect(names(conflicts, 160_000).count == PG.StatDatabaseConflicts.all.count)
  }

  @Test("every exception for a version or an instant names a column")
  func exceptions() {
    for view in [StatDatabaseCollector.view, StatDatabaseConflictsCollector.view] {
      #expect(!view.columns.contains { $0.name.isEmpty })
    }
    #expect(StatDatabaseCollector.view.columns.count { $0.sinceVersion > 0 } == 7)
    #expect(
      StatDatabaseCollector.view.columns.filter(\.isInstant).map(\.name) == ["checksum_last_failure", "stats_reset"])
    #expect(StatDatabaseConflictsCollector.view.columns.count { $0.sinceVersion > 0 } == 1)
  }
}
