import Logging
import TestSupport
import Testing

@testable import RedisExporter

@Suite("Scripts that do not end, on a real server")
struct ScriptEndTests {
  private static let secret = "hunter2-of-tests"

  private static func script(_ text: String) throws -> (directory: TemporaryDirectory, file: String) {
    let directory = try TemporaryDirectory("lua")
    return (directory, try directory.write(text, to: "endless.lua"))
  }

  /// By default Redis takes no command before a script has run for 5 s.
  @Test(
    "it is ended with the scrape, and the server answers at once",
    arguments: [[:], ["busy-reply-threshold": "50"]] as [[String: String]])
  func ended(settings: [String: String]) async throws {
    let server = try await RedisServer.start(settings)
    let (directory, file) = try Self.script("while true do end")
    let exporter = try ExporterFixture(
      server.url(database: 3), ["--script=\(file),\(file)", "--connection-timeout=1s"])
    let (reading, took) = try await timed { try await exporter.scrape() }
    let (answer, waited) = try await timed { try await server.cli("PING") }
    #expect(answer == "PONG")
    #expect(waited < .seconds(1))
    #expect(took < .seconds(10))
    #expect(reading.value("redis_up") == 1)
    #expect(reading.success(of: "scripts") == 0)
    #expect(reading.success(of: "info") == 1)
    #expect(reading.value("redis_scrape_collector_timeouts_total", "scripts") == 1)
    #expect(exporter.log.lines(.error).count { $0.contains(file) && $0.contains("was ended") } == 1)
    // Neither is the second one left behind.
    try await Task.sleep(for: .milliseconds(200))
    #expect(try await server.cli("PING") == "PONG")
    withExtendedLifetime(directory) {}
    await exporter.close()
  }

  @Test("a scrape that may not wait so long has it ended all the same, as soon as the server takes a command")
  func endedLater() async throws {
    let server = try await RedisServer.start(["busy-reply-threshold": "6000"], password: Self.secret)
    let (directory, file) = try Self.script("while true do end")
    let exporter = try ExporterFixture(server.url(password: Self.secret), ["--script=\(file)"])
    let (reading, took) = try await timed { try await exporter.scrape(within: 3) }
    #expect(took < .seconds(4))
    #expect(reading.success(of: "scripts") == 0)
    #expect(exporter.log.lines(.error).count { $0.contains("busy-reply-threshold") } == 1)
    let (answer, waited) = try await timed { try await server.cli("PING") }
    // While it runs, redis-cli's own AUTH is refused, too.
    #expect(answer == "PONG" || answer.contains("BUSY"))
    #expect(waited < .seconds(7))
    let end = ContinuousClock.now + .seconds(10)
    while try await server.cli("PING") != "PONG", .now < end { try await Task.sleep(for: .milliseconds(20)) }
    #expect(try await server.cli("PING") == "PONG")
    #expect(try await exporter.scrape(within: 3).value("redis_up") == 1)
    withExtendedLifetime(directory) {}
    await exporter.close()
  }

  @Test("one that has written, or that we may not end, goes on: that is said once")
  func unkillable() async throws {
    let writer = "watcher on >\(Self.secret) ~* +info +config|get +client|setname +ping +eval +set"
    for (user, code) in [(writer + " +script|kill", "UNKILLABLE"), (writer, "NOPERM")] {
      let server = try await RedisServer.start(["busy-reply-threshold": "50", "user": user])
      let (directory, file) = try Self.script("redis.call('SET', 'a', 1) while true do end")
      let exporter = try ExporterFixture(
        server.url(user: "watcher", password: Self.secret), ["--script=\(file)", "--no-collector.slowlog"])
      let reading = try await exporter.scrape()
      #expect(reading.success(of: "scripts") == 0)
      #expect(reading.value("redis_scrape_collector_timeouts_total", "scripts") == 1)
      #expect(try await exporter.scrape(within: 2).value("redis_up") == 0)
      let lines = exporter.log.lines(.error).filter { $0.contains(file) }
      #expect(lines.count == 1)
      #expect(lines.first?.contains(code == "NOPERM" ? "NOPERM" : "it has written") == true)
      withExtendedLifetime(directory) {}
      await exporter.close()
      try await server.kill()
    }
  }
}
