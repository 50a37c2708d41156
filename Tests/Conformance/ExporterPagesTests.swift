import TestSupport
import Testing

/// Every exporter as strangers meet it.
@Suite("Every exporter: pages", .timeLimit(.minutes(3)))
struct ExporterPagesTests {
  private static let host = "Host: x\r\n\r\n"

  @Test("pages, unknown paths, other methods, HEAD", arguments: ExporterUnderTest.all)
  func pages(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    for path in ["/", "/-/healthy", "/-/ready", "/metrics", "/metrics?x=y"] {
      #expect(try await exporter.send("GET", path).status == 200, "\(path)")
    }
    let landing = try await exporter.send("GET", "/").text
    #expect(landing.contains("<title>\(subject.name)</title>"))
    #expect(landing.contains("href=\"/metrics\""))
    for path in ["/metric", "/metrics/", "/favicon.ico", "/debug/pprof/"] {
      #expect(try await exporter.send("GET", path).status == 404, "\(path)")
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
      let answer = try await exporter.send(method, "/metrics", json: "{}")
      #expect(answer.status == 405, "\(method)")
      #expect(answer.headers["allow"] == "GET, HEAD")
    }
    let head = try await exporter.send("HEAD", "/metrics")
    #expect(head.status == 200)
    #expect(head.body.isEmpty)
    #expect(head.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
  }

  @Test("pipelined requests are answered in their order, also by half-closed clients", arguments: ExporterUnderTest.all)
  func pipelining(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    let three =
      "GET /-/ready HTTP/1.1\r\n\(Self.host)HEAD /metrics HTTP/1.1\r\n\(Self.host)GET /nothing HTTP/1.1\r\n\(Self.host)"
    #expect(statuses(try await exporter.exchange(three)) == ["200", "200", "404"])
    let many = String(repeating: "GET /-/healthy HTTP/1.1\r\n\(Self.host)", count: 100)
    #expect(statuses(try await exporter.exchange(many)) == Array(repeating: "200", count: 100))
  }

  @Test("what is no request gets 400 and the end", arguments: ExporterUnderTest.all)
  func malformed(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    let long = String(repeating: "a", count: 100_000)
    for request in [
      "NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET / HTTP/1.1\r\nX: \(long.prefix(20_000))\r\n\r\n", "GET /\(long) HTTP/1.1\r\n\r\n",
      "\u{16}\u{3}\u{1}\u{0}tls",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    ] {
      #expect(statuses(try await exporter.exchange(request)) == ["400"], "\(request.prefix(40))")
    }
    let body = "POST /metrics HTTP/1.1\r\nContent-Length: 100000000\r\n\(Self.host)"
    #expect(statuses(try await exporter.exchange(body, closing: false)) == ["413"])
    let mixed = "GET /-/ready HTTP/1.1\r\n\(Self.host)NONSENSE\r\n\r\n"
    #expect(statuses(try await exporter.exchange(mixed, closing: false)) == ["200", "400"])
    #expect(try await exporter.send("GET", "/metrics").status == 200)
  }

  @Test("a selection of what there is not is 400, and of one family is that family", arguments: ExporterUnderTest.all)
  func selections(_ subject: ExporterUnderTest) async throws {
    let exporter = try await subject.start()
    for query in ["collect%5B%5D=nothing", "exclude%5B%5D=nothing"] {
      let answer = try await exporter.send("GET", "/metrics?\(query)")
      #expect(answer.status == 400)
      #expect(answer.text.contains("there is no enabled collector nothing"))
    }
    let wanted = "\(subject.namespace)_scrape_collector_success"
    let page = try await exporter.send("GET", "/metrics?name%5B%5D=\(wanted)").text
    #expect(page.contains("# TYPE \(wanted) gauge"))
    #expect(page.matches(of: /# TYPE/).count == 1)
    let process = try await exporter.send("GET", "/metrics?name%5B%5D=process_open_fds").text
    #expect(process.contains("\nprocess_open_fds ") && process.matches(of: /# TYPE/).count == 1)
  }
}
