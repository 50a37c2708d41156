import ExporterKit
import Redis
import Settings
import TestSupport
import Testing

@testable import RedisExporter

@Suite("RedisFlags")
struct RedisFlagsTests {
  /// Of redis_exporter 1.69, as its `--help` lists them, without those of the web server.
  private static let theirs = """
    redis.addr redis.user redis.password redis.password-file namespace check-keys check-single-keys check-key-groups \
    check-streams check-single-streams streams-exclude-consumer-metrics count-keys check-keys-batch-size script \
    log-format config-command connection-timeout tls-client-key-file tls-client-cert-file tls-ca-cert-file \
    tls-server-key-file tls-server-cert-file tls-server-ca-cert-file tls-server-min-version max-distinct-key-groups \
    debug set-client-name is-tile38 is-cluster export-client-list export-client-port redis-only-metrics \
    ping-on-connect include-config-metrics include-modules-metrics disable-exporting-key-values \
    exclude-latency-histogram-metrics redact-config-metrics include-system-metrics skip-tls-verification \
    basic-auth-username basic-auth-password
    """.split(separator: " ").map(String.init)

  @Test("every flag of the standard exporter is known, and no name is there twice")
  func names() {
    let names = RedisFlags.all.map(\.name) + RedisFlags.absent.map(\.flag.name)
    #expect(Set(Self.theirs).subtracting(names) == [])
    #expect(Set(names).count == names.count)
    #expect(Self.theirs.count == 42)
  }

  @Test("Debian's exporter has no flag that ours lacks")
  func help() async throws {
    let output = try await Subprocess.run(["/usr/bin/prometheus-redis-exporter", "--help"])
    let text = output.standardOutput + output.standardError
    let flags = text.matches(of: /\n  -([a-z0-9.-]+)/).map { String($0.1) }
    #expect(flags.count > 35)
    let known = Set(
      (RedisFlags.all + RedisFlags.absent.map(\.flag)).map(\.name) + [
        "version", "web.listen-address", "web.telemetry-path",
      ])
    #expect(Set(flags).subtracting(known) == [])
  }

  @Test("the flag that holds a secret is marked as such; of an address the URL's password alone is one")
  func secrets() {
    let secret = (RedisFlags.all + RedisFlags.absent.map(\.flag)).filter(\.isSecret).map(\.name)
    #expect(secret == ["redis.password"])
  }

  @Test(
    "flags that ours spell otherwise do what ours do",
    arguments: [
      (["--redis-only-metrics"], ["--web.disable-exporter-metrics"]), (["--log-format=txt"], ["--log.format=logfmt"]),
      (["-log-format", "json"], ["--log.format=json"]), ([], []), (["--redis-only-metrics=false"], []),
    ] as [([String], [String])])
  func spelling(theirs: [String], ours: [String]) throws {
    #expect(try RedisExporterApplication().translated(Self.values(theirs)) == ours)
    let variable = ["REDIS_EXPORTER_REDIS_ONLY_METRICS": "true"]
    #expect(
      try RedisExporterApplication().translated(Self.values([], variable)) == ["--web.disable-exporter-metrics"])
  }

  private static func values(_ arguments: [String], _ environment: [String: String] = [:]) throws -> FlagValues {
    try FlagValues(arguments, flags: RedisFlags.all, environment: environment)
  }

  @Test("variables say what the command line does not")
  func environment() throws {
    let options = try RedisOptions(
      Self.values(
        ["-check-single-keys", "a"],
        [
          "REDIS_EXPORTER_CHECK_SINGLE_KEYS": "b", "REDIS_EXPORTER_INCL_CONFIG_METRICS": "true",
          "REDIS_EXPORTER_EXPORT_CLIENT_LIST": "1", "REDIS_EXPORTER_NAMESPACE": "cache",
          "REDIS_EXPORTER_CONFIG_COMMAND": "-", "REDIS_EXPORTER_CHECK_KEYS_BATCH_SIZE": "50",
        ]))
    #expect(options.keys.singleKeys.map(\.key) == ["a"])
    #expect(options.includesConfigMetrics && options.exportsClientList)
    #expect(options.namespace == "cache")
    #expect(options.configCommand == nil)
    #expect(options.keys.batchSize == 50)
    let defaults = try RedisOptions(Self.values([]))
    #expect(defaults == RedisOptions())
  }

  private static func access(_ arguments: [String], _ environment: [String: String]) throws -> RedisConfiguration? {
    let options = ExporterOptions(
      flags: try values(arguments, environment), settings: Settings(environment: environment), enabledCollectors: [])
    return try RedisAccess(options).main
  }

  @Test("the address: flag, their variable, ours, the default")
  func address() throws {
    let both = ["REDIS_ADDR": "redis://theirs:1", "REDIS_URL": "redis://ours:2"]
    #expect(try Self.access(["--redis.addr", "flag:3"], both)?.address == "redis://flag:3/0")
    #expect(try Self.access([], both)?.address == "redis://theirs:1/0")
    #expect(try Self.access([], ["REDIS_URL": "redis://ours:2"])?.address == "redis://ours:2/0")
    #expect(try Self.access([], [:])?.address == "redis://localhost:6379/0")
    #expect(try Self.access(["--redis.addr="], both) == nil)
  }

  @Test("user and password: the address, then the file, then the flag or its variable")
  func credentials() throws {
    let directory = try TemporaryDirectory("flags")
    let file = try directory.write("{\"redis://h:6379\": \"of-the-file\"}", to: "map.json")
    let plain = try directory.write("plain\n", to: "plain")
    let flags = ["REDIS_USER": "ana", "REDIS_PASSWORD": "of-the-flag"]
    let own = try Self.access(["--redis.addr=redis://bob:own@h"], flags)
    #expect(own?.user == "bob" && own?.password == "own")
    let flag = try Self.access(["--redis.addr=redis://h"], flags)
    #expect(flag?.user == "ana" && flag?.password == "of-the-flag")
    #expect(try Self.access(["--redis.addr=h"], ["REDIS_PASSWORD_FILE": file])?.password == "of-the-file")
    #expect(try Self.access(["--redis.addr=other"], ["REDIS_PASSWORD_FILE": file])?.password == nil)
    #expect(try Self.access(["--redis.addr=other"], ["REDIS_PASSWORD_FILE": plain])?.password == "plain")
  }

  @Test(
    "what cannot be obeyed is refused, without a secret in the words",
    arguments: [
      ["--redis.addr=redis://:hunter2@h:x"], ["--tls-client-cert-file=a"], ["--redis.password-file=/nonexistent/file"],
      ["--basic-auth-password=hunter2"], ["--tls-server-cert-file=a"], ["--check-keys=a=b=c"],
      ["--check-keys-batch-size=0"], ["--redis.addr=rediss://h", "--tls-ca-cert-file=/nonexistent/ca"],
      ["--connection-timeout=soon"],
    ])
  func mistakes(arguments: [String]) throws {
    let error = try #require(throws: (any Error).self) { try ExporterFixture("redis://h", arguments) }
    #expect(!"\(error)".contains("hunter2"))
  }
}
