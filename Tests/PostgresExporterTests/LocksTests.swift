import Postgres
import TestSupport
import Testing

@Suite("locks")
struct LocksTests {
  @Test("a held lock is counted in its database and mode; all nine modes of every database are there")
  func heldLock() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql("CREATE TABLE t (n int)", database: database)
    let held = try await HeldSession.open(server, database, "BEGIN; LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE")
    let page = try await CollectorScrape.page("locks", of: server.url())
    let modes = page.values.filter { $0.key.name == "pg_locks_count" && $0.key.labels["datname"] == database }
    #expect(modes.count == 9)
    for (series, value) in modes {
      #expect(value == (series.labels["mode"] == "sharerowexclusivelock" ? 1 : 0), "\(series)")
      #expect(series.labels["server"] == "127.0.0.1:\(server.port)")
    }
    await held.close()
  }
}
