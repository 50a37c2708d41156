import NIOHTTP1
import Testing

@testable import TelemetryHTTP

@Suite("Router")
struct RouterTests {
  private let router = Router([.healthy, .metrics { _, format in Array("\(format)".utf8) }])

  private func decide(
    _ method: HTTPMethod, _ uri: String, _ fields: HTTPHeaders = ["Host": "h"], version: HTTPVersion = .http1_1
  ) -> Router.Decision {
    router.decide(HTTPRequestHead(version: version, method: method, uri: uri, headers: fields))
  }

  private func status(_ decision: Router.Decision) -> Int {
    if case .response(let response) = decision { response.status } else { 200 }
  }

  @Test("exact paths, the query aside")
  func paths() {
    #expect(status(decide(.GET, "/metrics")) == 200)
    #expect(status(decide(.HEAD, "/metrics?collect[]=up")) == 200)
    #expect(status(decide(.GET, "http://proxy:1/metrics")) == 200)
    for uri in ["/metrics/", "/Metrics", "/", "//metrics", "/metrics/../metrics", "http://proxy:1"] {
      #expect(status(decide(.GET, uri)) == 404, "\(uri)")
    }
    for uri in ["*", "proxy:1", ""] { #expect(status(decide(.GET, uri)) == 400, "\(uri)") }
  }

  @Test("other methods are told which are allowed; on unknown paths there is nothing to allow")
  func methods() {
    for method in [HTTPMethod.POST, .PUT, .DELETE, .OPTIONS, .TRACE, .PATCH] {
      guard case .response(let response) = decide(method, "/metrics") else {
        Issue.record("\(method) is not refused")
        continue
      }
      #expect(response.status == 405)
      #expect(response.fields == ["Allow": "GET, HEAD"])
      #expect(status(decide(method, "/nothing")) == 404)
    }
  }

  @Test("HTTP/1.1 has one Host, HTTP/1.0 may have none")
  func hosts() {
    #expect(status(decide(.GET, "/metrics", [:])) == 400)
    #expect(status(decide(.GET, "/metrics", ["Host": "a", "host": "b"])) == 400)
    #expect(status(decide(.GET, "/metrics", [:], version: .http1_0)) == 200)
  }

  @Test("a page sees query and fields, and the format that Accept asks for")
  func request() async {
    let accept = "application/openmetrics-text;version=1.0.0"
    guard case .page(let page, let request) = decide(.GET, "/metrics?a=b", ["Host": "h", "accept": accept]) else {
      Issue.record("no page")
      return
    }
    #expect(request.query == "a=b")
    #expect(request.header("ACCEPT") == accept)
    let response = await page.answer(request)
    #expect(response.contentType.hasPrefix("application/openmetrics-text"))
    #expect(response.varies == "Accept")
  }

  @Test("a date as RFC 9110 writes it")
  func date() {
    #expect(HTTPDate.text(secondsSinceEpoch: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(HTTPDate.text(secondsSinceEpoch: 0) == "Thu, 01 Jan 1970 00:00:00 GMT")
  }
}
