import Foundation
import TestSupport
import Testing

@Suite("Every exporter: secrets of the command line", .timeLimit(.minutes(1)))
struct SecretsTests {
  @Test("ps shows no password, be it a flag's or a URL's")
  func redis() async throws {
    let exporter = try await RunningExporter(
      "redis-exporter",
      ["--redis.addr=redis://user:s3cretA@127.0.0.1:1", "--redis.password", "s3cretB", "--redis.user=ann"])
    _ = try await exporter.send("GET", "/metrics")
    let line = try String(contentsOfFile: "/proc/\(exporter.process.pid)/cmdline", encoding: .utf8)
    #expect(line.contains("--redis.user=ann") && line.contains("redis://user:xxxxxxx@127.0.0.1:1"))
    #expect(!line.contains("s3cret") && !exporter.log.contains("s3cret"))
  }

  @Test("an argument that is no flag is not repeated", arguments: ExporterUnderTest.all)
  func stray(_ subject: ExporterUnderTest) async throws {
    let output = try await Subprocess.run([
      try Binaries.path(of: subject.name), "--log.level=info", "redis://:s3cret@h:1",
    ])
    #expect(output.status == 2)
    #expect(output.standardError.contains("el argumento 2 no es una opción"))
    #expect(!output.standardError.contains("s3cret"))
  }
}
