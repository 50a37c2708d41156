import Catalog
import MetricModel
import TestSupport
import Testing

@Suite("Scrapes")
struct ScrapeTests {
  @Test("what is exposed is declared, and what is declared for this server is exposed")
  func catalogue() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql("CREATE TABLE t (n int)", database: database)
    let page = try await CollectorScrape.defaults(of: server.url(database: database))
    let declared = Dictionary(uniqueKeysWithValues: Catalog.all.map { ($0.name, $0) })
    for name in page.types.keys where !name.hasPrefix(PG.Settings.prefix) {
      #expect(declared[name] != nil, "\(name) is not in the catalogue")
    }
    for family in PG.all + ExporterSelf.postgres.all where !Self.isElsewhere(family) {
      #expect(page.types[family.name] != nil, "\(family.name) is not exposed")
    }
    #expect(page.types.keys.count { $0.hasPrefix(PG.Settings.prefix) } > 200)
  }

  /// What this server has nothing of: newer versions, other roles of a server, work in progress,
  /// and collectors that are off unless asked for.
  private static func isElsewhere(_ family: FamilyDescriptor) -> Bool {
    let names = [
      PG.StatDatabaseConflicts.conflActiveLogicalslot.name, PG.StatDatabase.parallelWorkersToLaunch.name,
      PG.StatDatabase.parallelWorkersLaunched.name,
    ]
    let prefixes = [
      PG.StatCheckpointer.prefix, PG.StatIo.prefix, PG.StatReplication.prefix, PG.ReplicationSlots.prefix,
      PG.StatWalReceiver.prefix, PG.StatProgressVacuum.prefix, PG.StatProgressCreateIndex.prefix,
      PG.BuffercacheSummary.prefix, PG.StatStatements.prefix, PG.StatUserIndexes.prefix, PG.StatioUserIndexes.prefix,
      PG.DatabaseWraparound.prefix, PG.IdleInTransaction.prefix, PG.WaitEvents.prefix, PG.Postmaster.prefix,
      PG.ProcessIdle.prefix, PG.StatActivityAutovacuum.prefix, PG.XlogLocation.prefix, PG.Xid.prefix,
      "pg_long_running_transactions", "pg_exporter_user_queries_",
    ]
    return names.contains(family.name) || prefixes.contains { family.name.hasPrefix($0) }
  }

  @Test("20 requests at once share a scrape, over one connection")
  func overlapping() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    let exporter = try await ExporterFixture(server.url(database: database))
    try await withThrowingTaskGroup(of: Double?.self) { group in
      for _ in 0..<20 { group.addTask { try await exporter.scrape().value("pg_up") } }
      for try await up in group { #expect(up == 1) }
    }
    let page = try await exporter.scrape()
    let (scrapes, joined) = (page.value("pg_exporter_scrapes_total"), page.value("pg_exporter_joined_scrapes_total"))
    #expect((scrapes ?? 0) + (joined ?? 0) == 21)
    #expect((joined ?? 0) > 0)
    let sessions = try await server.psql(
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'postgres-exporter' AND datname = '\(database)'")
    #expect(sessions == "1")
  }

  @Test("a role without rights beyond pg_monitor sees everything; no secret is on the page or in the log")
  func leastPrivilege() async throws {
    let server = try await PostgresServer.shared()
    let role = "scraper_\(UInt32.random(in: 0...UInt32.max))"
    try await server.psql("CREATE ROLE \(role) LOGIN PASSWORD 'geheimes-wort'; GRANT pg_monitor TO \(role)")
    let exporter = try await ExporterFixture(server.url(user: role, password: "geheimes-wort"))
    let answer = try await exporter.send("GET", "/metrics")
    let page = Page(answer.text)
    for collector in ["up", "stat_database", "stat_database_conflicts", "settings"] {
      #expect(page.success(of: collector) == 1, "\(collector)")
    }
    #expect(!answer.text.contains("geheimes-wort"))
    #expect(try !exporter.log().contains("geheimes-wort"))
  }

  @Test("OpenMetrics and text name the same series; a counter without _total is unknown there")
  func formats() async throws {
    let server = try await PostgresServer.shared()
    let exporter = try await ExporterFixture(server.url())
    let accept = ["Accept": "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"]
    let answer = try await exporter.send("GET", "/metrics", headers: accept)
    #expect(answer.headers["content-type"]?.hasPrefix("application/openmetrics-text; version=1.0.0") == true)
    #expect(answer.text.hasSuffix("# EOF\n"))
    let (open, text) = (Page(answer.text), try await exporter.scrape())
    // Other tests make and drop databases here, so that only names can be compared.
    let names = [open, text].map { Set($0.values.keys.map(\.name)) }
    #expect(names[0].symmetricDifference(names[1]) == [])
    #expect(open.types["pg_stat_database_xact_commit"] == "unknown")
    #expect(text.types["pg_stat_database_xact_commit"] == "counter")
  }

  @Test("promtool finds nothing but what parity forces")
  func promtool() async throws {
    let server = try await PostgresServer.shared()
    let answer = try await ExporterFixture(server.url()).send("GET", "/metrics")
    let output = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: answer.text)
    let forced = Set(PG.all.map(\.name))
    for line in (output.standardOutput + output.standardError).split(separator: "\n") {
      let name = line.split(separator: " ").first.map(String.init) ?? ""
      #expect(forced.contains(name) || name.hasPrefix(PG.Settings.prefix), "\(line)")
    }
  }
}
