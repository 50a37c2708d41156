import Postgres
import TestSupport
import Testing

/// The Debian exporter (postgres_exporter 0.11.1) beside ours, on one real server with all that it exports something of.
@Suite("Parity with the standard exporter")
struct ParityTests {
  private static let peer = "/usr/bin/prometheus-postgres-exporter"
  /// About the exporters themselves: each has its own collectors and its own scrapes.
  private static var own: Regex<Substring> { /pg_exporter_.*|pg_scrape_.*/ }
  /// What the two scrapes themselves move, and time.
  private static var moving: Regex<Substring> {
    /.*_(?:blks_hit|blks_read|tup_returned|tup_fetched|xact_commit|numbackends|sessions|time|buffers_alloc_total)|pg_stat_activity_.*/
  }

  /// A server that lets us connect and does not answer is down for us: theirs speaks of the connection.
  private static let ownHelp: Set = ["pg_up"]

  @Test("names, types, help, labels and values agree")
  func sideBySide() async throws {
    let server = try await PostgresServer.start(settings: [
      "track_io_timing": "on", "log_min_duration_statement": "250ms", "work_mem": "12MB", "wal_keep_size": "64MB",
      "wal_level": "logical", "autovacuum": "off",
    ])
    let database = try await server.createDatabase("shop")
    try await server.psql("CREATE TABLE t AS SELECT generate_series(1, 1000) AS n", database: database)
    try await server.psql("SELECT pg_create_logical_replication_slot('orders', 'test_decoding')")
    let standby = try await StandbyServer(of: server, slot: "standby")
    let held = try await HeldSession.open(server, database, "BEGIN; LOCK TABLE t IN SHARE MODE")
    try await server.psql("SELECT pg_stat_reset(); SELECT pg_sleep(1)")
    let directory = try TemporaryDirectory("peer")
    let port = try FreePorts.next()
    let peer = try await ServerProcess(
      "peer", [Self.peer, "--web.listen-address=127.0.0.1:\(port)"],
      environment: ["DATA_SOURCE_NAME": server.url() + "?sslmode=disable"], in: directory)
    let client = HTTPClient("http://127.0.0.1:\(port)")
    try await client.wait(for: "/metrics")
    let theirText = try await client.send("GET", "/metrics").text
    let theirs = Page(theirText)
    let page = try await CollectorScrape.defaults(of: server.url())
    for (name, type) in theirs.types where isTheServers(name) { #expect(page.types[name] == type, "\(name)") }
    let otherHelp = theirs.helps.filter { isTheServers($0.key) && page.helps[$0.key] != $0.value }
    // Where theirs says nothing, ours says what it is.
    #expect(Set(otherHelp.filter { !$0.value.hasPrefix("Unknown metric from ") }.keys) == Self.ownHelp)
    #expect(otherHelp.keys.allSatisfy { page.helps[$0]?.isEmpty == false })
    let theirSeries = Set(theirs.values.keys.filter { isTheServers($0.name) })
    #expect(theirSeries.subtracting(page.values.keys) == [])
    // Of a family of theirs we have no more than they have.
    let names = Set(theirSeries.map(\.name))
    #expect(Set(page.values.keys.filter { names.contains($0.name) }).subtracting(theirSeries) == [])
    for one in theirSeries where one.name.wholeMatch(of: Self.moving) == nil {
      let (a, b) = (page.values[one] ?? .nan, theirs.values[one] ?? .nan)
      #expect(a == b || (a.isNaN && b.isNaN), "\(one): ours \(a), theirs \(b)")
    }
    #expect(theirSeries.count > 450)
    for name in ["pg_locks_count", "pg_stat_replication_pg_wal_lsn_diff", "pg_replication_slots_active"] {
      #expect(names.contains(name), "\(name)")
    }
    try await peer.stop()
    await held.close()
    withExtendedLifetime(standby) {}
  }

  private func isTheServers(_ name: String) -> Bool {
    name.hasPrefix("pg_") && name.wholeMatch(of: Self.own) == nil
  }
}
