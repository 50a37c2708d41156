import ExporterKit
import Logging
import Redis
import TestSupport
import Testing

@testable import RedisExporter

@Suite("Targets that a request names")
struct ProbeTests {
  private static func status(_ body: () async throws -> Reading) async -> Int? {
    do {
      _ = try await body()
      return nil
    } catch {
      return (error as? ProbeRefusal)?.status
    }
  }

  @Test("only what the configuration names, each with its own password")
  func allowed() async throws {
    let main = try await RedisServer.start(password: "main-secret")
    let other = try await RedisServer.start(["user": "ana on >anas-secret +@all ~*"], password: "other-secret")
    let free = try await RedisServer.start()
    let directory = try TemporaryDirectory("passwords")
    let file = try directory.write(
      """
      {"redis://127.0.0.1:\(main.port)": "main-secret", "redis://127.0.0.1:\(other.port)": "other-secret",
       "redis://ana@127.0.0.1:\(other.port)": "anas-secret"}
      """, to: "passwords.json")
    let exporter = try ExporterFixture(
      main.url(), ["--redis.password-file=\(file)", "--probe.allow=redis://127.0.0.1:\(free.port)"])
    #expect(try await exporter.scrape().value("redis_up") == 1)
    for (target, port) in [
      ("127.0.0.1:\(main.port)", main.port), ("redis://127.0.0.1:\(other.port)", other.port),
      ("redis://ana:ignored@127.0.0.1:\(other.port)/3", other.port), ("127.0.0.1:\(free.port)", free.port),
    ] {
      let reading = try await exporter.probe(("target", target))
      #expect(reading.value("redis_up") == 1, "\(target)")
      #expect(reading.labelValues("redis_instance_info").first?.contains("\(port)") == true)
      #expect(!reading.names.contains("redis_target_scrape_request_errors_total"))
    }
    #expect(try await other.cli("ACL", "LOG").isEmpty)
    #expect(await Self.status { try await exporter.probe(("target", "127.0.0.1:1")) } == 403)
    #expect(await Self.status { try await exporter.probe(("target", "redis://bob@127.0.0.1:\(other.port)")) } == 403)
    #expect(await Self.status { try await exporter.probe(("target", "http://127.0.0.1")) } == 400)
    #expect(await Self.status { try await exporter.probe() } == 400)
    #expect(try await exporter.scrape().value("redis_target_scrape_request_errors_total") == 4)
    await exporter.close()
  }

  @Test("a pattern lets a target in, and gives it no password")
  func strangers() async throws {
    let listener = try CatchingListener()
    let exporter = try ExporterFixture(
      "redis://:hunter2@127.0.0.1:\(try FreePorts.next())",
      ["--redis.user=ana", "--redis.password=hunter2", "--probe.allow=redis://127.0.0.*"])
    let target = "redis://eve:typed@127.0.0.1:\(listener.port)"
    let probing = Task { try await exporter.probe(("target", target)) }
    let sent = try await listener.firstBytes(within: .seconds(5))
    #expect(sent.contains("SETNAME"))
    #expect(!sent.contains("AUTH") && !sent.contains("hunter2") && !sent.contains("typed"))
    #expect(try await probing.value.value("redis_up") == 0)
    await exporter.close()
  }

  @Test("keys are named by requests only where the flag allows it")
  func keys() async throws {
    let server = try await RedisServer.start()
    try await server.cli("SET", "a", "7")
    let closed = try ExporterFixture(server.url())
    let items = [("target", server.url()), ("check-single-keys", "a")]
    #expect(await Self.status { try await closed.probe(items[0], items[1]) } == 403)
    #expect(try await closed.probe(items[0]).value("redis_up") == 1)
    let open = try ExporterFixture(server.url(), ["--probe.allow-keys"])
    #expect(try await open.probe(items[0], items[1]).value("redis_key_value", "a") == 7)
    #expect(await Self.status { try await open.probe(items[0], ("count-keys", "dbx=a")) } == 400)
    await closed.close()
    await open.close()
  }

  @Test("without an address there is no page of its own, and targets are answered all the same")
  func withoutMain() async throws {
    let server = try await RedisServer.start()
    let exporter = try ExporterFixture(nil, ["--probe.allow=127.0.0.1:\(server.port)"])
    #expect(exporter.main == nil)
    #expect(try await exporter.probe(("target", server.url())).value("redis_up") == 1)
    await exporter.close()
  }

  @Test("connections to many targets are bounded")
  func bounded() async throws {
    let server = try await RedisServer.start()
    let exporter = try ExporterFixture(nil, ["--probe.allow=unix:///*", "--probe.allow=127.0.0.1:\(server.port)"])
    for number in 0..<(RedisProbes.maximumTargets + 20) {
      _ = try await exporter.probe(("target", "redis://127.0.0.1:\(server.port)/\(number % 16)?db=\(number)"))
    }
    let clients = try await server.cli("CLIENT", "LIST").split(separator: "\n").count { $0.contains("redis_exporter") }
    #expect(clients <= RedisProbes.maximumTargets)
    await exporter.close()
  }

  @Test("a connection to a target that nobody asks for any more is closed")
  func idle() async throws {
    let server = try await RedisServer.start()
    let settings = ProbeSettings(
      allowed: [TargetPattern(server.url())], passwords: .none, main: nil, user: nil, tls: RedisConfiguration.TLS(),
      clientName: "redis_exporter", allowsKeys: false, options: RedisOptions(),
      isWanted: { collector, _ in collector.isDefault }, connectLimit: .seconds(5), executor: nil)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let probes = RedisProbes(settings, errors: RequestErrors(), maximumIdle: .seconds(1), logger: logger)
    func clients() async throws -> Int {
      try await server.cli("CLIENT", "LIST").split(separator: "\n").count { $0.contains("name=redis_exporter") }
    }
    // What is asked for while it is closed is closed as well, once nobody has it.
    func scrape() async throws -> Reading {
      let source = try await probes.source(for: [(name: "target", value: server.url())])
      return Reading(try await source.scrape(ScrapeRequest(ScrapeBudget(header: "10"))))
    }
    for _ in 0..<2 {
      #expect(try await scrape().value("redis_up") == 1)
      let end = ContinuousClock.now + .seconds(20)
      while try await clients() > 0, .now < end { try await Task.sleep(for: .milliseconds(50)) }
      #expect(try await clients() == 0)
    }
    await probes.close()
  }
}
