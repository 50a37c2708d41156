import ExporterKit
import Postgres
import TestSupport
import Testing

@testable import PostgresExporter

/// What servers of other versions would be asked, held against what their documentation says that they have.
@Suite("Versions of PostgreSQL")
struct VersionTests {
  private static let collectors = (try? PostgresCollectors.make(.none)) ?? []

  private func statements(_ version: Int) -> [(collector: String, sql: String)] {
    let facts = ServerFacts(
      version: version * 10_000 + 2, database: "d",
      extensions: [
        "pg_stat_statements": .init(schema: "public", version: "1.10"),
        "pg_buffercache": .init(schema: "public", version: "1.4"),
      ])
    return Self.collectors.flatMap { collector in
      collector.statements(for: facts).map { (collector.name, $0.sql) }
    }
  }

  private func words(_ sql: String) -> Set<String> {
    let withoutTexts = sql.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: " ")
    // What stands behind AS is a name that we give.
    let own = withoutTexts.replacing(/\sAS\s"?[a-z_]+"?/, with: "")
    return Set(own.split { !$0.isLetter && $0 != "_" && !$0.isNumber }.map(String.init))
  }

  @Test("a statement names no column that the version's view does not have", arguments: DocumentedColumns.versions)
  func columns(_ version: Int) {
    var checked = 0
    for (collector, sql) in statements(version) {
      for view in DocumentedColumns.all where sql.contains("FROM \(view.view)") {
        checked += 1
        let foreign = words(sql).intersection(view.everything).subtracting(view.columns(in: version))
        #expect(foreign == [], "\(collector) of \(version)")
      }
    }
    #expect(checked >= 15)
  }

  @Test("a view is asked of the versions that have it, and of no other")
  func views() {
    for view in DocumentedColumns.all where view.since > 13 {
      for version in DocumentedColumns.versions {
        let isAsked = statements(version).contains { $0.sql.contains("FROM \(view.view)") }
        #expect(isAsked == (version >= view.since), "\(view.view) of \(version)")
      }
    }
    let summary = (13...18).filter { version in
      statements(version).contains { $0.collector == "buffercache_summary" }
    }
    #expect(summary == [16, 17, 18])
  }

  @Test("a column that came later is asked for where it is")
  func later() {
    func asks(_ version: Int, _ word: String) -> Bool { statements(version).contains { words($0.sql).contains(word) } }
    #expect((13...18).filter { asks($0, "active_time") } == [14, 15, 16, 17, 18])
    #expect((13...18).filter { asks($0, "confl_active_logicalslot") } == [16, 17, 18])
    #expect((13...18).filter { asks($0, "parallel_workers_launched") } == [18])
    #expect((13...18).filter { asks($0, "checkpoints_timed") } == [13, 14, 15, 16])
    #expect((13...18).filter { asks($0, "num_dead_tuples") } == [13, 14, 15, 16])
    #expect((13...18).filter { asks($0, "num_dead_item_ids") } == [17, 18])
  }

  @Test("the list of 15 is what a server of 15 has")
  func real() async throws {
    let server = try await PostgresServer.shared()
    for view in DocumentedColumns.all {
      let columns = try await server.psql(
        "SELECT string_agg(attname, ' ') FROM pg_attribute WHERE attrelid = to_regclass('\(view.view)') AND attnum > 0")
      #expect(Set(columns.split(separator: " ").map(String.init)) == view.columns(in: 15), "\(view.view)")
    }
  }

  @Test("no statement of a server of 15 is refused, on a primary, by a role with pg_monitor alone")
  func accepted() async throws {
    let server = try await PostgresServer.shared()
    let role = "monitor_\(UInt32.random(in: 0...UInt32.max))"
    try await server.psql("CREATE ROLE \(role) LOGIN PASSWORD 'x' IN ROLE pg_monitor")
    let off = Self.collectors.filter { !$0.isDefault }.map { "--collector.\($0.name)" }
    let page = try await CollectorScrape.defaults(of: server.url(user: role, password: "x"), flags: off)
    let absent: Set = ["buffercache_summary", "stat_checkpointer", "stat_io", "stat_statements"]
    for collector in Self.collectors where !absent.contains(collector.name) {
      #expect(page.success(of: collector.name) == 1, "\(collector.name)")
    }
    #expect(page.value("pg_exporter_last_scrape_error") == 0)
  }
}
