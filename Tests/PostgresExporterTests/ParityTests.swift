import TestSupport
import Testing

/// The Debian exporter (postgres_exporter 0.11.1) beside ours, on one real server.
@Suite("Parity with the standard exporter")
struct ParityTests {
  private static let peer = "/usr/bin/prometheus-postgres-exporter"
  private static var groups: Regex<Substring> { /pg_up|pg_static|pg_settings_.*|pg_stat_database_.*/ }
  /// What the two scrapes themselves move.
  private static var moving: Regex<Substring> {
    /.*_(?:blks_hit|blks_read|tup_returned|tup_fetched|xact_commit|numbackends|sessions|time)/
  }

  @Test("names, types, labels and values agree")
  func sideBySide() async throws {
    let server = try await PostgresServer.start(settings: [
      "track_io_timing": "on", "log_min_duration_statement": "250ms", "work_mem": "12MB", "wal_keep_size": "64MB",
    ])
    try await server.psql("CREATE TABLE t AS SELECT generate_series(1, 1000) AS n")
    try await server.psql("SELECT pg_stat_reset(); SELECT pg_sleep(1)")
    let ours = try await ExporterFixture(server.url())
    let directory = try TemporaryDirectory("peer")
    let port = try FreePorts.next()
    let peer = try await ServerProcess(
      "peer", [Self.peer, "--web.listen-address=127.0.0.1:\(port)"],
      environment: ["DATA_SOURCE_NAME": server.url() + "?sslmode=disable"], in: directory)
    let client = HTTPClient("http://127.0.0.1:\(port)")
    try await client.wait(for: "/metrics")
    let theirs = Page(try await client.send("GET", "/metrics").text)
    let page = try await ours.scrape()
    func mine(_ name: String) -> Bool { name.wholeMatch(of: Self.groups) != nil }
    let types = page.types.filter { mine($0.key) }
    let theirTypes = theirs.types.filter { mine($0.key) }
    for name in Set(types.keys).union(theirTypes.keys) {
      #expect(types[name] == theirTypes[name], "\(name)")
    }
    let series = Set(page.values.keys.filter { mine($0.name) })
    #expect(series.symmetricDifference(theirs.values.keys.filter { mine($0.name) }) == [])
    #expect(series.count > 300)
    for one in series where one.name.wholeMatch(of: Self.moving) == nil {
      let (a, b) = (page.values[one] ?? .nan, theirs.values[one] ?? .nan)
      #expect(a == b || (a.isNaN && b.isNaN), "\(one): ours \(a), theirs \(b)")
    }
    try await peer.stop()
  }
}
