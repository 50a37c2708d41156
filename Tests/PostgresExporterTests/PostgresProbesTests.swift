import ExporterKit
import Foundation
import TestSupport
import Testing
import Yaml

@testable import PostgresExporter

@Suite("Probes")
struct PostgresProbesTests {
  private func refusal(_ probe: (any ProbeSource)?, _ items: [(String, String)]) async throws -> Int? {
    do throws(ProbeRefusal) {
      _ = try await probe?.source(for: items.map { (name: $0.0, value: $0.1) })
      return nil
    } catch {
      #expect(!error.reason.contains("geheimes-wort") && !error.reason.contains("allowed.example"))
      return error.status
    }
  }

  private func exporter(
    _ yaml: String, _ directory: TemporaryDirectory, _ environment: [String: String] = [:]
  ) throws -> InProcessExporter {
    let file = try directory.write(yaml, to: "config.yml")
    return try InProcessExporter(environment, arguments: ["--config.file=\(file)"])
  }

  @Test("only what the configuration names is asked, with its own credentials")
  func probe() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    let role = "prober_\(UInt32.random(in: 0...UInt32.max))"
    try await server.psql("CREATE ROLE \(role) LOGIN PASSWORD 'geheimes-wort'; GRANT pg_monitor TO \(role)")
    let directory = try TemporaryDirectory("probe")
    let password = try directory.write("geheimes-wort\n", to: "password")
    let exporter = try exporter(
      """
      auth_modules:
        other: {type: userpass, userpass: {username: x, password: geheimes-wort}, targets: [allowed.example]}
        mine:
          type: userpass
          userpass: {username: \(role), password_file: \(password)}
          options: {sslmode: disable}
          targets: ["127.0.0.1:\(server.port)"]
        useless: {type: userpass, userpass: {username: x, password: y}}
      """, directory)
    #expect(exporter.main == nil)
    let target = "127.0.0.1:\(server.port)/\(database)"
    for module in [nil, "mine"] {
      let items = [("target", target)] + (module.map { [("auth_module", $0)] } ?? [])
      let source = try await exporter.probe?.source(for: items.map { (name: $0.0, value: $0.1) })
      let page = try await InProcessExporter.scrape(try #require(source))
      #expect(page.value("pg_up") == 1)
      #expect(page.value("pg_exporter_database_up", ["datname": database]) == 1)
    }
    let probe = exporter.probe
    #expect(try await refusal(probe, []) == 400)
    #expect(try await refusal(probe, [("target", "")]) == 400)
    #expect(try await refusal(probe, [("target", "u:geheimes-wort@h")]) == 400)
    #expect(try await refusal(probe, [("target", "evil.example")]) == 403)
    #expect(try await refusal(probe, [("target", target), ("auth_module", "other")]) == 403)
    #expect(try await refusal(probe, [("target", target), ("auth_module", "useless")]) == 403)
    #expect(try await refusal(probe, [("target", target), ("auth_module", "nobody")]) == 403)
    #expect(!exporter.log.text.contains("geheimes-wort"))
    await probe?.close()
  }

  @Test("a password file that blocks costs its own server alone, within the limit, and again and again")
  func blocked() async throws {
    let server = try await PostgresServer.shared()
    let role = "prober_\(UInt32.random(in: 0...UInt32.max))"
    try await server.psql("CREATE ROLE \(role) LOGIN PASSWORD 'geheimes-wort'; GRANT pg_monitor TO \(role)")
    let directory = try TemporaryDirectory("probe")
    let password = directory.file("password")
    try #require(mkfifo(password, 0o600) == 0)
    let exporter = try exporter(
      """
      auth_modules:
        m:
          type: userpass
          userpass: {username: \(role), password_file: \(password)}
          options: {sslmode: disable}
          targets: ["127.0.0.1:\(server.port)"]
      """, directory, ["DATABASE_URL": server.url()])
    let target = [(name: "target", value: "127.0.0.1:\(server.port)/postgres")]
    let source = try #require(try await exporter.probe?.source(for: target))
    for _ in 0..<3 {
      async let probe = timed { try await InProcessExporter.scrape(source, within: 1) }
      try await Task.sleep(for: .milliseconds(100))
      #expect(try await exporter.scrape().value("pg_up") == 1)
      let (page, time) = try await probe
      #expect(page.value("pg_up") == 0)
      #expect(page.value("pg_exporter_database_up", ["server": "127.0.0.1:\(server.port)"]) == 0)
      #expect(time < .seconds(5))
    }
    #expect(exporter.log.errors == 1)
    #expect(exporter.log.text.contains("the password file \(password) was not read in time"))
    _ = try await eventually {
      async let page = InProcessExporter.scrape(source, within: 5)
      // An attempt to connect comes up to a second after the one that failed.
      try await Task.sleep(for: .seconds(1.5))
      feed(password, "geheimes-wort\n")
      return try await page.value("pg_up") == 1 ? true : nil
    }
    await exporter.main?.close()
    await exporter.probe?.close()
  }

  @Test("so many are kept, the others and the idle ones are let go")
  func bounds() async throws {
    let modules = try AuthModule.all(
      "auth_modules: {m: {type: userpass, userpass: {username: u, password: p}, targets: [\"h*\"]}}")
    let log = CapturedLog()
    let probes = PostgresProbes(modules, maximumTargets: 3, maximumIdle: .milliseconds(200)) { source in
      let target = PostgresTarget([source], databases: ScrapedDatabases(.none), logger: log.logger)
      return Scraper(target, collectors: [TestCollector(name: "first")], name: { $0.name }, logger: log.logger)
    }
    func source(_ host: String) async throws -> Scraper<PostgresTarget> {
      let found: any ScrapeSource = try await probes.source(for: [(name: "target", value: host)])
      return try #require(found as? Scraper<PostgresTarget>)
    }
    let first = try await source("h1")
    #expect(try await source("h1:5432") === first)
    for host in ["h2", "h3", "h4"] { _ = try await source(host) }
    #expect(await probes.count == 3)
    #expect(try await source("h1") !== first)
    for _ in 0..<100 where await probes.count > 0 { try await Task.sleep(for: .milliseconds(20)) }
    #expect(await probes.count == 0)
    await probes.close()
  }

  @Test(
    "a mistake in the file is told with its line and without a secret",
    arguments: [
      "auth_modules: {m: {type: other, userpass: {username: u, password: geheimes-wort}}}",
      "auth_modules: {m: {userpass: {username: u, password: geheimes-wort}}}",
      "auth_modules: {m: {type: userpass, userpass: {username: u}}}",
      "auth_modules: {m: {type: userpass, userpass: {username: u, password: geheimes-wort, password_file: x}}}",
      "auth_modules: {m: {type: userpass, userpass: {username: u, password: p}, options: {hostaddr: geheimes-wort}}}",
      "auth_modules: {m: {type: userpass, userpass: {username: u, password: p}, options: {nonsense: geheimes-wort}}}",
      "auth_modules: {m: {type: userpass, userpass: {username: u, password: p}, targets: [\"*\"]}}",
      "auth_modules: {m: {type: userpass, userpass: {username: u, password: p}, targets: [\"u:geheimes-wort@h\"]}}",
      "auth_module: geheimes-wort", "auth_modules: [geheimes-wort]",
    ])
  func mistakes(_ yaml: String) {
    do throws(YamlError) {
      _ = try AuthModule.all(yaml)
      Issue.record("it is accepted")
    } catch {
      #expect(error.description.contains("1"))
      #expect(!error.description.contains("geheimes-wort"))
    }
  }

  @Test("printed or reflected, a module shows no password; a file without modules has none")
  func secrets() throws {
    let modules = try AuthModule.all(
      "auth_modules: {m: {type: userpass, userpass: {username: u, password: geheimes-wort}}}")
    var text = ""
    dump(modules, to: &text)
    #expect(!(text + "\(modules) \(String(reflecting: modules))").contains("geheimes-wort"))
    #expect(try AuthModule.all("").isEmpty)
    let directory = try TemporaryDirectory("config")
    #expect(throws: FlagMistake.self) {
      try InProcessExporter(
        ["DATABASE_URL": "postgresql://h/d"], arguments: ["--config.file=\(directory.file("none"))"])
    }
    #expect(throws: (any Error).self) { try InProcessExporter([:]) }
  }
}
