import TestSupport
import Testing

/// The built exporter as strangers meet it. Its database is not there: the pages must not mind.
@Suite("HTTP")
struct HTTPTests {
  private static let host = "Host: x\r\n\r\n"

  private func exporter() async throws -> ExporterFixture {
    try await ExporterFixture("postgresql://u@127.0.0.1:\(try FreePorts.next())/db")
  }

  private func statuses(_ text: String?) -> [String] {
    (text ?? "").matches(of: /HTTP\/1.1 (\d+)/).map { String($0.1) }
  }

  @Test("pages, unknown paths, other methods, HEAD")
  func pages() async throws {
    let exporter = try await exporter()
    for path in ["/", "/-/healthy", "/-/ready", "/metrics", "/metrics?x=y"] {
      #expect(try await exporter.send("GET", path).status == 200, "\(path)")
    }
    #expect(try await exporter.send("GET", "/").text.contains("href=\"/metrics\""))
    for path in ["/metric", "/metrics/", "/favicon.ico"] {
      #expect(try await exporter.send("GET", path).status == 404, "\(path)")
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
      let answer = try await exporter.send(method, "/metrics", json: "{}")
      #expect(answer.status == 405, "\(method)")
      #expect(answer.headers["allow"] == "GET, HEAD")
    }
    let head = try await exporter.send("HEAD", "/metrics")
    #expect(head.status == 200)
    #expect(head.body.isEmpty)
    #expect(head.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
  }

  @Test("pipelined requests are answered in their order, also by half-closed clients")
  func pipelining() async throws {
    let exporter = try await exporter()
    let answer = try await exporter.exchange(
      "GET /-/ready HTTP/1.1\r\n\(Self.host)HEAD /metrics HTTP/1.1\r\n\(Self.host)GET /nothing HTTP/1.1\r\n\(Self.host)"
    )
    #expect(statuses(answer) == ["200", "200", "404"])
  }

  @Test(
    "what is no request gets 400 and the end",
    arguments: [
      "NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n",
      "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}tls",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    ])
  func malformed(_ request: String) async throws {
    let exporter = try await exporter()
    let answer = try await exporter.exchange(request)
    #expect(statuses(answer) == ["400"])
  }

  @Test("a good request in front of nonsense is answered")
  func malformedAfterGood() async throws {
    let exporter = try await exporter()
    let answer = try await exporter.exchange("GET /-/ready HTTP/1.1\r\n\(Self.host)NONSENSE\r\n\r\n", closing: false)
    #expect(statuses(answer) == ["200", "400"])
  }

  @Test("a large body is refused before it is sent")
  func largeBody() async throws {
    let exporter = try await exporter()
    let answer = try await exporter.exchange(
      "POST /metrics HTTP/1.1\r\nContent-Length: 100000000\r\n\(Self.host)", closing: false)
    #expect(statuses(answer) == ["413"])
  }

  @Test("half-open connections are closed, and hundreds of them keep nobody out")
  func halfOpen() async throws {
    let exporter = try await exporter()
    let silent = try RawConnection(port: exporter.port)
    let partial = try RawConnection(port: exporter.port)
    partial.send("GET /metrics HT")
    #expect(try await partial.readToEnd(within: .seconds(14)) == "")
    #expect(try await silent.readToEnd(within: .seconds(3)) == "")
    let crowd = try (0..<300).map { _ in try RawConnection(port: exporter.port) }
    #expect(try await exporter.send("GET", "/metrics").status == 200)
    withExtendedLifetime(crowd) {}
  }
}
