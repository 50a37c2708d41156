import Glibc
import TestSupport
import Testing

/// With systemd's own tool in the manager's place.
@Suite("Every exporter: sockets of systemd", .timeLimit(.minutes(2)))
struct SocketActivationTests {
  @Test("the first request starts it, and is answered")
  func activated() async throws {
    let (directory, port) = (try TemporaryDirectory("activation"), try FreePorts.next())
    let server = try await ServerProcess(
      "server",
      [
        "/usr/bin/systemd-socket-activate", "--listen=127.0.0.1:\(port)",
        try Binaries.path(of: "node-exporter"), "--web.systemd-socket", "--web.listen-address=127.0.0.1:1",
      ], in: directory)
    let client = HTTPClient("http://127.0.0.1:\(port)")
    try await client.wait(for: "/-/ready")
    #expect(try await client.send("GET", "/metrics").text.contains("\nnode_load1 "))
    // The manager's tool has become the exporter.
    server.signal(SIGTERM)
    #expect(try await server.status(within: .seconds(10)) == 0)
  }

  @Test("without a socket it says what is missing, and does not listen elsewhere", arguments: ExporterUnderTest.all)
  func missing(_ subject: ExporterUnderTest) async throws {
    let environment = ["DATABASE_URL": "postgres://x@127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1"]
    let output = try await Subprocess.run(
      [try Binaries.path(of: subject.name), "--web.systemd-socket", "--web.listen-address=127.0.0.1:1"],
      environment: environment)
    #expect(output.status == 1)
    #expect(output.standardError.contains("--web.systemd-socket: systemd no pasó ningún socket"))
  }
}
