import Logging
import TestSupport
import Testing

@testable import RedisExporter

@Suite("Faults of a real server")
struct FaultTests {
  private static let secret = "hunter2-of-tests"

  @Test("it starts before its target, follows it through death and restart, and says a lasting error once")
  func outage() async throws {
    let server = try await RedisServer.start()
    let exporter = try ExporterFixture(server.url())
    #expect(try await exporter.scrape().value("redis_up") == 1)
    try await server.kill()
    for _ in 0..<3 {
      let (reading, took) = try await timed { try await exporter.scrape() }
      #expect(reading.value("redis_up") == 0)
      #expect(reading.value("redis_exporter_last_scrape_error", "unavailable") == 1)
      #expect(reading.success(of: "info") == 0)
      #expect(took < .seconds(2))
    }
    #expect(exporter.log.lines(.error).count { $0.contains("info") } == 1)
    try await server.start()
    #expect(try await exporter.scrape().value("redis_up") == 1)
    // Between two scrapes the kept connection dies without anybody noticing.
    try await server.kill()
    try await server.start()
    let after = try await exporter.scrape()
    #expect(after.value("redis_up") == 1)
    #expect(after.value("redis_exporter_last_scrape_error", "") == 0)
    await exporter.close()
    let early = try ExporterFixture("redis://127.0.0.1:\(try FreePorts.next())")
    #expect(try await early.scrape().value("redis_up") == 0)
    await early.close()
  }

  @Test("a stopped server and a black hole are answered within the limit, however short")
  func silence() async throws {
    let server = try await RedisServer.start()
    let exporter = try ExporterFixture(server.url())
    #expect(try await exporter.scrape().value("redis_up") == 1)
    server.pause()
    for seconds in [1.0, 10] {
      let (reading, took) = try await timed { try await exporter.scrape(within: seconds) }
      #expect(reading.value("redis_up") == 0)
      #expect(reading.value("redis_exporter_last_scrape_error", "timedOut") == 1)
      #expect(took < .seconds(min(seconds, 4)))
    }
    server.resume()
    #expect(try await exporter.scrape().value("redis_up") == 1)
    await exporter.close()
    let hole = try FreePorts.blackHole()
    let lost = try ExporterFixture("redis://127.0.0.1:\(hole.port)")
    let (reading, took) = try await timed { try await lost.scrape(within: 2) }
    #expect(reading.value("redis_up") == 0)
    #expect(took < .seconds(2))
    await lost.close()
  }

  @Test(
    "a wrong password and none are told apart, and appear nowhere", arguments: [secret + "-wrong", nil] as [String?])
  func password(given: String?) async throws {
    let server = try await RedisServer.start(password: Self.secret)
    let exporter = try ExporterFixture(server.url(password: given))
    let reading = try await exporter.scrape()
    #expect(reading.value("redis_up") == 0)
    #expect(reading.value("redis_exporter_last_scrape_error", given == nil ? "server NOAUTH" : "server WRONGPASS") == 1)
    #expect(!reading.text.contains(Self.secret))
    #expect(!exporter.log.all.joined().contains(Self.secret))
    await exporter.close()
  }

  @Test("a user with few rights sees what it may, and each refusal harms its own collector alone")
  func permissions() async throws {
    let server = try await RedisServer.start([
      "user": "watcher on >\(Self.secret) +info +slowlog +client|setname +select"
    ])
    let exporter = try ExporterFixture(server.url(user: "watcher", password: Self.secret))
    let reading = try await exporter.scrape()
    #expect(reading.value("redis_up") == 1)
    #expect(reading.success(of: "info") == 1)
    #expect(reading.success(of: "slowlog") == 1)
    for collector in ["config", "latency_events", "latency_histogram"] {
      #expect(reading.success(of: collector) == 0, "\(collector)")
    }
    // Where it may not ask, it assumes what Redis has by default.
    #expect(reading.values("redis_db_keys").count == 16)
    _ = try await exporter.scrape()
    #expect(exporter.log.lines(.error).count { $0.contains("config") } == 1)
    await exporter.close()
  }

  @Test("a renamed CONFIG is asked by its name, or not at all")
  func renamed() async throws {
    let server = try await RedisServer.start(["rename-command": "CONFIG tuning", "databases": "4"])
    for (flag, error, databases) in [("CONFIG", "server ERR", 16), ("tuning", "", 4), ("-", "", 16)] {
      let exporter = try ExporterFixture(server.url(), ["--config-command=\(flag)"])
      let reading = try await exporter.scrape()
      #expect(reading.value("redis_up") == 1)
      #expect(reading.names.contains("redis_config_maxclients") == (flag == "tuning"), "\(flag)")
      #expect(reading.values("redis_db_keys").count == databases)
      #expect(reading.value("redis_exporter_last_scrape_error", error) == (error.isEmpty ? 0 : 1))
      await exporter.close()
    }
  }

  @Test("while the server reads its data, it is not up, and what it says all the same is there")
  func loading() async throws {
    let directory = try TemporaryDirectory("rdb")
    let writer = try await RedisServer.start(["dir": directory.path])
    try await writer.cli("DEBUG", "POPULATE", "3000", "key", "100")
    try await writer.cli("SAVE")
    try await writer.stop()
    // Slow enough to be seen: 3,000 keys of a millisecond.
    let server = try await RedisServer.start(
      ["dir": directory.path, "key-load-delay": "1000", "loading-process-events-interval-bytes": "1024"], waits: false)
    let exporter = try ExporterFixture(server.url())
    var reading = try await exporter.scrape()
    for _ in 0..<50 where reading.value("redis_loading_dump_file") == nil {
      try await Task.sleep(for: .milliseconds(20))
      reading = try await exporter.scrape()
    }
    #expect(reading.value("redis_loading_dump_file") == 1)
    #expect(reading.value("redis_up") == 0)
    #expect(reading.success(of: "info") == 1)
    await exporter.close()
    try await server.kill()
  }

  @Test("a script that keeps the server busy makes it not up, at once")
  func busy() async throws {
    let server = try await RedisServer.start(["busy-reply-threshold": "50"])
    let exporter = try ExporterFixture(server.url())
    #expect(try await exporter.scrape().value("redis_up") == 1)
    let script = Task { try await server.cli("EVAL", "while true do end", "0") }
    try await Task.sleep(for: .milliseconds(500))
    let (reading, took) = try await timed { try await exporter.scrape() }
    #expect(reading.value("redis_up") == 0)
    #expect(reading.value("redis_exporter_last_scrape_error", "server BUSY") == 1)
    #expect(took < .seconds(2))
    try await server.cli("SCRIPT", "KILL")
    _ = try await script.value
    #expect(try await exporter.scrape().value("redis_up") == 1)
    await exporter.close()
  }

  @Test("no room for another client: not up, and an error in the log")
  func maximumClients() async throws {
    let server = try await RedisServer.start(["maxclients": "1"])
    let holder = try RawConnection(port: server.port)
    holder.send("PING\r\n")
    #expect(try await holder.read(7) == Array("+PONG\r\n".utf8))
    let exporter = try ExporterFixture(server.url())
    #expect(try await exporter.scrape().value("redis_up") == 0)
    // The server's own words reach us unless the kernel hears of the closing first.
    #expect(!exporter.log.lines(.error).isEmpty)
    await exporter.close()
  }

  @Test("twenty requests at once are one scrape")
  func together() async throws {
    let server = try await RedisServer.start()
    let exporter = try ExporterFixture(server.url())
    let connections = try await exporter.scrape().value("redis_connections_received_total")
    try await withThrowingTaskGroup(of: Double?.self) { group in
      for _ in 0..<20 { group.addTask { try await exporter.scrape().value("redis_up") } }
      for try await up in group { #expect(up == 1) }
    }
    let reading = try await exporter.scrape()
    #expect((reading.value("redis_exporter_scrapes_total") ?? 0) < 20)
    #expect(reading.value("redis_connections_received_total") == connections)
    await exporter.close()
  }
}
