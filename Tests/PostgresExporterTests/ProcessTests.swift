import TestSupport
import Testing

/// The executable's command line, settings and end.
@Suite("Process")
struct ProcessTests {
  private static let url = "postgresql://u:geheimes-wort@127.0.0.1:1/db"

  private func run(_ arguments: [String] = [], _ environment: [String: String] = [:]) async throws -> Subprocess.Output
  {
    try await Subprocess.run([try Binaries.path(of: "postgres-exporter")] + arguments, environment: environment)
  }

  @Test("--help names every variable, --version the version")
  func information() async throws {
    let help = try await run(["--help"])
    #expect(help.status == 0)
    for name in ["DATABASE_URL", "POSTGRES_EXPORTER_PORT", "BIND_ADDRESS", "LOG_LEVEL", "LOG_DIRECTORY"] {
      #expect(help.standardOutput.contains(name), "\(name)")
    }
    let version = try await run(["--version"], ["REVISION": "abc123"])
    #expect(version.status == 0)
    #expect(version.standardOutput.contains("abc123"))
  }

  @Test("an unknown argument is one line and exit 2")
  func unknownArgument() async throws {
    let output = try await run(["--web.listen-adress=:1"])
    #expect(output.status == 2)
    #expect(output.standardError.split(separator: "\n").count == 1)
    #expect(output.standardError.contains("--web.listen-adress"))
  }

  @Test(
    "a wrong setting is one line that names it, and exit 1",
    arguments: [
      ([:], "DATABASE_URL"), (["DATABASE_URL": "postgresql://u:geheimes-wort@h:port/db"], "DATABASE_URL"),
      (["DATABASE_URL": url, "DATABASE_URL_FILE": "/nothing"], "DATABASE_URL_FILE"),
      (["DATABASE_URL_FILE": "/nothing"], "/nothing"),
      (["DATABASE_URL": url, "POSTGRES_EXPORTER_PORT": "70000"], "POSTGRES_EXPORTER_PORT"),
      (["DATABASE_URL": url, "LOG_LEVEL": "loud"], "LOG_LEVEL"),
      (["DATABASE_URL": url, "BIND_ADDRESS": "300.1.1.1", "POSTGRES_EXPORTER_PORT": "0"], "BIND_ADDRESS"),
    ])
  func wrongSetting(_ environment: [String: String], _ named: String) async throws {
    let output = try await run([], environment)
    #expect(output.status == 1)
    #expect(output.standardError.split(separator: "\n").count == 1)
    #expect(output.standardError.contains(named))
    #expect(!(output.standardError + output.standardOutput).contains("geheimes-wort"))
  }

  @Test("a busy port is one line and exit 1")
  func busyPort() async throws {
    let hole = try FreePorts.blackHole()
    let output = try await run([], ["DATABASE_URL": Self.url, "POSTGRES_EXPORTER_PORT": "\(hole.port)"])
    #expect(output.status == 1)
    #expect(output.standardError.split(separator: "\n").count == 1)
    #expect(output.standardError.contains("POSTGRES_EXPORTER_PORT"))
    #expect(output.standardError.contains("\(hole.port)"))
  }

  @Test("SIGTERM finishes the request under way and exits 0")
  func terminate() async throws {
    let hole = try FreePorts.blackHole()
    let exporter = try await ExporterFixture("postgresql://u@127.0.0.1:\(hole.port)/db")
    async let page = exporter.scrape(within: 3)
    try await Task.sleep(for: .milliseconds(300))
    let (_, time) = try await timed { try await exporter.process.stop(within: .seconds(10)) }
    #expect(try await page.value("pg_up") == 0)
    #expect(time < .seconds(5))
    #expect(try exporter.log().contains("\"message\":\"stopped\""))
    let status = try await Subprocess.run([
      "/bin/sh", "-c",
      """
      DATABASE_URL='\(Self.url)' POSTGRES_EXPORTER_PORT=0 "$0" & sleep 0.5; kill -TERM $!; wait $!
      """, try Binaries.path(of: "postgres-exporter"),
    ]).status
    #expect(status == 0)
  }
}
