import Catalog
import Foundation
import Postgres
import Settings
import TestSupport
import Testing

@testable import PostgresExporter

@Suite("Data sources")
struct DataSourceTests {
  private func all(_ environment: [String: String]) throws -> [DataSource] {
    try DataSource.all(Settings(environment: environment))
  }

  private var soon: ContinuousClock.Instant { .now + .seconds(5) }

  @Test("DATA_SOURCE_NAME wins, then DATA_SOURCE_URI, then ours; none is none")
  func order() async throws {
    var environment = ["DATABASE_URL": "postgresql://a:x@ours:1/d"]
    #expect(try all(environment).map(\.address) == ["a@ours:1/d"])
    environment["DATA_SOURCE_URI"] = "theirs:2/e?sslmode=disable"
    environment["DATA_SOURCE_USER"] = "b"
    environment["DATA_SOURCE_PASS"] = "p@ss:w/rd"
    let parts = try all(environment)
    #expect(parts.map(\.address) == ["b@theirs:2/e"])
    #expect(try await parts.first?.configuration(until: soon).password == "p@ss:w/rd")
    environment["DATA_SOURCE_NAME"] = "postgresql://c@first:3/f?sslmode=disable, user=d host=second port=4 dbname=g"
    #expect(try all(environment).map(\.address) == ["c@first:3/f", "d@second:4/g"])
    #expect(try all([:]).isEmpty)
  }

  @Test("files are read again, and what is around their values does not count")
  func files() async throws {
    let directory = try TemporaryDirectory("sources")
    let password = try directory.write("old\n", to: "password")
    let sources = try all([
      "DATA_SOURCE_URI_FILE": try directory.write(" h:5/d \n", to: "uri"),
      "DATA_SOURCE_USER_FILE": try directory.write("\tu\n", to: "user"), "DATA_SOURCE_PASS_FILE": password,
    ])
    #expect(sources.map(\.address) == ["u@h:5/d"])
    #expect(try await sources.first?.configuration(until: soon).password == "old")
    _ = try directory.write("new\n", to: "password")
    #expect(try await sources.first?.configuration(until: soon).password == "new")
  }

  @Test("a file that blocks is an error within the time that there is")
  func blocked() async throws {
    let directory = try TemporaryDirectory("sources")
    let password = try directory.write("old", to: "password")
    let source = try #require(
      try all(["DATA_SOURCE_URI": "h:5/d", "DATA_SOURCE_USER": "u", "DATA_SOURCE_PASS_FILE": password]).first)
    #expect(source.place.database == "d" && source.place.server.labelValue == "h:5")
    try #require(unlink(password) == 0 && mkfifo(password, 0o600) == 0)
    for _ in 0..<3 {
      await #expect {
        try await source.configuration(until: .now + .milliseconds(50))
      } throws: {
        "\($0)".contains("DATA_SOURCE_URI and its credentials were not read in time")
      }
    }
    let read = try await eventually {
      async let last = source.configuration(until: .now + .seconds(1))
      try await Task.sleep(for: .milliseconds(100))
      feed(password, "new")
      return try? await last.password
    }
    #expect(read == "new")
  }

  @Test(
    "what cannot be used is told with the variable's name and without its value",
    arguments: [
      ["DATA_SOURCE_NAME": "postgresql://u:geheimes-wort@h:port/d"],
      ["DATA_SOURCE_NAME": "postgresql://u@h/d,user=u password=geheimes-wort nonsense"],
      ["DATA_SOURCE_URI": "u:geheimes-wort@@h/d"], ["DATA_SOURCE_NAME_FILE": "/nothing"],
    ])
  func mistakes(_ environment: [String: String]) {
    do {
      _ = try all(environment)
      Issue.record("it is accepted")
    } catch {
      #expect("\(error)".contains("DATA_SOURCE_"))
      #expect(!"\(error)".contains("geheimes-wort"))
    }
  }

  @Test("a password that was changed in its file is used at the next session")
  func rotation() async throws {
    let server = try await PostgresServer.shared()
    let role = "turning_\(UInt32.random(in: 0...UInt32.max))"
    try await server.psql("CREATE ROLE \(role) LOGIN PASSWORD 'eins'; GRANT pg_monitor TO \(role)")
    let directory = try TemporaryDirectory("rotation")
    let exporter = try InProcessExporter([
      "DATA_SOURCE_URI": "127.0.0.1:\(server.port)/postgres", "DATA_SOURCE_USER": role,
      "DATA_SOURCE_PASS_FILE": try directory.write("falsch", to: "password"),
    ])
    #expect(try await exporter.scrape().value("pg_up") == 0)
    #expect(exporter.log.text.contains("28P01") && !exporter.log.text.contains("falsch"))
    _ = try directory.write("eins\n", to: "password")
    #expect(try await exporter.scrape().value("pg_up") == 1)
  }
}
