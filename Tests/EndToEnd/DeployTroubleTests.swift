import Foundation
import TestSupport
import Testing
import Topology

/// What an operator does and meets after the first `--up`, on two stacks that run side by side.
@Suite(.serialized) struct DeployTroubleTests {
  @Test(.timeLimit(.minutes(10))) func aBadDayOfTwoStacks() async throws {
    let (first, second) = (try PlatformUnderTest([:]), try PlatformUnderTest([:]))
    do {
      async let other = second.up()
      for up in [try await first.up(), try await other] {
        try #require(up.status == 0, "\(up.standardOutput)\(up.standardError)")
      }
      try await keepSecrets(first, second)
      try await databaseDoesNotComeUp(second)
      try await checkAndLogs(first)
      try await restartOne(first)
      try await refuseBadConfiguration(first)
      try await failInTheMiddle(first)
      try await supervisorIsKilled(first)
      try await redisOfSomebodyElse(first)
    } catch {
      for platform in [first, second] { _ = try await platform.deploy(["--down"]) }
      throw error
    }
    #expect(try await first.deploy(["--down"]).status == 0)
    #expect(try Self.processes(of: first).isEmpty)
  }

  private func keepSecrets(_ first: PlatformUnderTest, _ second: PlatformUnderTest) async throws {
    for platform in [first, second] {
      #expect(try await platform.deploy(["--status"]).status == 0)
      #expect(try await HTTPClient(platform.url(.nginxHTTP)).send("GET", "/health").status == 200)
      let secrets = try FileManager.default.contentsOfDirectory(atPath: platform.state + "/secrets")
      #expect(secrets.contains("ADMIN_PASSWORD") && secrets.contains("JWT_SECRET_KEY"))
      for file in secrets.map({ "secrets/" + $0 }) + ["config/supervisord.conf"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(platform.state)/\(file)")
        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
      }
    }
    #expect(try first.secret("ADMIN_PASSWORD") != second.secret("ADMIN_PASSWORD"))
  }

  private func databaseDoesNotComeUp(_ platform: PlatformUnderTest) async throws {
    try #require(try await platform.deploy(["--down"]).status == 0)
    try Data("9.6\n".utf8).write(to: URL(fileURLWithPath: platform.state + "/data/postgres/PG_VERSION"))
    let up = try await platform.up()
    #expect(up.status == 1)
    let errors = Self.errors(of: up)
    #expect(errors.count == 1 && errors[0].contains("postgres terminó apenas iniciado"), "\(errors)")
    #expect(up.standardError.contains("incompatible with server"), "\(up.standardError)")
    #expect(try Self.processes(of: platform).isEmpty)
    #expect(!FileManager.default.fileExists(atPath: platform.state + "/run/supervisord.pid"))
  }

  private func checkAndLogs(_ platform: PlatformUnderTest) async throws {
    let check = try await platform.deploy(["--check", "--bin-dir", Binaries.directory])
    #expect(check.status == 0, "\(check.standardOutput)\(check.standardError)")
    #expect(check.standardOutput.contains("Todo listo") && !check.standardOutput.contains("✘"))
    // It follows until it is interrupted.
    let logs = try await platform.deploy(["--logs", "postgres"], within: 2)
    #expect(logs.status == 124, "\(logs.standardError)")
    let files = logs.standardOutput.split(separator: "\n").filter { $0.hasPrefix("==> ") }
    #expect(files.contains { $0.contains("/logs/postgres-") }, "\(files)")
    #expect(!files.contains { $0.contains("postgres-exporter") }, "\(files)")
  }

  private func restartOne(_ platform: PlatformUnderTest) async throws {
    let before = try await pids(of: platform)
    let restart = try await platform.deploy(["--restart", "postgres-exporter", "--bin-dir", Binaries.directory])
    #expect(restart.status == 0, "\(restart.standardOutput)\(restart.standardError)")
    let after = try await pids(of: platform)
    #expect(Set(before.keys.filter { before[$0] != after[$0] }) == ["postgres-exporter"])
  }

  /// A file that Prometheus would not take: seen before the first process is touched, though others have to restart.
  private func refuseBadConfiguration(_ platform: PlatformUnderTest) async throws {
    let binaries = try TemporaryDirectory("bin")
    chmod(binaries.path, 0o755)
    for name in Topology.Platform.processes.filter({ $0.role != .infrastructure }).map(\.name) {
      let target = try Binaries.path(of: name)
      try FileManager.default.createSymbolicLink(atPath: binaries.file(name), withDestinationPath: target)
    }
    let script = """
      #!/bin/sh
      [ "$1" = --version ] && exit 0
      '\(try Binaries.path(of: "observability"))' "$@" && echo 'job: [' >>'\(platform.state)/config/prometheus/prometheus.yml'

      """
    chmod(try binaries.write(script, to: "observability"), 0o755)
    let before = try await pids(of: platform)
    let up = try await platform.up(["LOG_LEVEL": "debug"], binaries: binaries.path)
    #expect(up.status == 1)
    let errors = Self.errors(of: up)
    #expect(errors.count == 1 && errors[0].contains("generada para prometheus no es válida"), "\(errors)")
    #expect(try await pids(of: platform) == before)
  }

  /// Prometheus, late in the order, does not start; what ran before goes on, with its new configuration.
  private func failInTheMiddle(_ platform: PlatformUnderTest) async throws {
    let (wal, aside) = (platform.state + "/data/prometheus/wal", platform.state + "/data/prometheus/aside")
    try await platform.supervisor("stop", "prometheus")
    let before = try await pids(of: platform)
    try FileManager.default.moveItem(atPath: wal, toPath: aside)
    try Data().write(to: URL(fileURLWithPath: wal))
    let up = try await platform.up(["LOG_LEVEL": "debug"])
    #expect(up.status == 1)
    let errors = Self.errors(of: up)
    #expect(errors.count == 1 && errors[0].contains("prometheus terminó apenas iniciado"), "\(errors)")
    let after = try await pids(of: platform)
    #expect(Set(after.keys) == Set(before.keys))
    #expect(after["agente-deposito"] != before["agente-deposito"] && after["nginx"] == before["nginx"])
    #expect(try await HTTPClient(platform.url(.nginxHTTP)).send("GET", "/health").status == 200)
    try FileManager.default.removeItem(atPath: wal)
    try FileManager.default.moveItem(atPath: aside, toPath: wal)
    let again = try await platform.up()
    #expect(again.status == 0, "\(again.standardOutput)\(again.standardError)")
  }

  private func supervisorIsKilled(_ platform: PlatformUnderTest) async throws {
    let text = try String(contentsOfFile: platform.state + "/run/supervisord.pid", encoding: .utf8)
    let supervisor = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    kill(supervisor, SIGKILL)
    let up = try await platform.up()
    #expect(up.status == 0, "\(up.standardOutput)\(up.standardError)")
    #expect(up.standardOutput.contains("El supervisor anterior terminó de golpe"))
    #expect(try await platform.deploy(["--status"]).status == 0)
    #expect(try await pids(of: platform).count == Topology.Platform.processes.count)
  }

  /// `REDIS_URL`: the embedded server goes, the exporter looks at the other one; without it, all is as before.
  private func redisOfSomebodyElse(_ platform: PlatformUnderTest) async throws {
    let exporter = HTTPClient(platform.url(.redisExporter))
    let server = try await RedisServer.start(password: "de-afuera")
    let up = try await platform.up(["REDIS_URL": server.url(password: "de-afuera")])
    #expect(up.status == 0, "\(up.standardOutput)\(up.standardError)")
    let status = try await platform.deploy(["--status"])
    #expect(status.status == 0 && !status.standardOutput.contains("\nredis "), "\(status.standardOutput)")
    #expect(try Self.processes(of: platform).allSatisfy { !$0.hasPrefix("/usr/bin/redis-server") })
    let page = try await exporter.send("GET", "/metrics").text
    #expect(page.contains("\nredis_up 1\n") && page.contains("tcp_port=\"\(server.port)\""), "\(page)")
    let back = try await platform.up()
    #expect(back.status == 0, "\(back.standardOutput)\(back.standardError)")
    let own = platform.ports[Port.redis.name] ?? 0
    #expect(try await exporter.send("GET", "/metrics").text.contains("tcp_port=\"\(own)\""))
  }

  /// Of what runs.
  private func pids(of platform: PlatformUnderTest) async throws -> [String: pid_t] {
    var pids: [String: pid_t] = [:]
    for process in Topology.Platform.processes { pids[process.name] = try? await platform.pid(of: process.name) }
    return pids
  }

  private static func errors(of output: Subprocess.Output) -> [Substring] {
    output.standardError.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
  }

  /// Everything whose command line names the state directory.
  private static func processes(of platform: PlatformUnderTest) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { pid_t($0) != nil }.compactMap { pid in
      let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      let text = String(decoding: command, as: UTF8.self)
      return text.contains(platform.state + "/") ? text : nil
    }
  }
}
