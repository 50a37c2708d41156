import Foundation
import TestSupport
import Testing

/// What every HTTP service does, seen on this one.
@Suite struct ServiceTests {
  @Test func carriesRequestIDAndTrace() async throws {
    let deposito = try await DepositoFixture.start()
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    let answer = try await deposito.client.send(
      "GET", "/nada", headers: ["X-Request-ID": "pedido-7", "traceparent": "00-\(trace)-00f067aa0ba902b7-01"])
    #expect(answer.headers["x-request-id"] == "pedido-7")
    let parts = try #require(answer.headers["traceparent"]).split(separator: "-")
    #expect(parts[1] == trace)
    #expect(parts[2] != "00f067aa0ba902b7")
    #expect(parts[3] == "01")
    let line = try await Self.logLine(of: deposito, containing: "pedido-7")
    #expect(line["trace_id"]?.string == trace)
    #expect(line["span_id"]?.string == String(parts[2]))
    #expect(line["status"]?.int == 404)
    #expect(line["route"]?.string == "NotFound")
    #expect(line["service"]?.string == "agente_deposito")
    let forged = try await deposito.client.send(
      "GET", "/nada", headers: ["X-Request-ID": String(repeating: "x", count: 500)])
    #expect(forged.headers["x-request-id"]?.count == 32)
  }

  @Test func countsRequestsByTemplate() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    for id in 1...3 { _ = try await client.send("GET", "/api/v1/productos/\(id)") }
    for path in ["/zorro", "/zapallo", "/zeta?d=e"] { _ = try await client.send("GET", path) }
    let route = #"method="GET",route="/api/v1/productos/{id}""#
    #expect(try await deposito.metric("http_requests_total{\(route),status=\"404\"}") == 3)
    #expect(try await deposito.metric("http_requests_total{method=\"\",route=\"NotFound\",status=\"404\"}") == 3)
    #expect(try await deposito.metric("http_request_duration_seconds_count{\(route)}") == 3)
    // What an alert counts is there before the first error.
    #expect(try await deposito.metric("http_errors_total{\(route),status=\"500\"}") == 0)
    #expect(try await deposito.metric("http_errors_total{\(route),status=\"503\"}") == 0)
    let page = try await deposito.client.send("GET", "/metrics", headers: ["Accept": "application/openmetrics-text"])
    #expect(page.headers["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    #expect(page.text.hasSuffix("# EOF\n"))
    #expect(!page.text.contains("/z"))
  }

  @Test func documentsEveryRoute() async throws {
    let deposito = try await DepositoFixture.start()
    let document = try await deposito.client.send("GET", "/openapi.json")
    #expect(document.json["openapi"]?.string == "3.1.0")
    guard case .object(let paths)? = document.json["paths"] else { throw TestSupportError("no paths") }
    for path in [
      "/api/v1/auth/login", "/api/v1/productos", "/api/v1/productos/{id}", "/api/v1/productos/codigo/{codigo}",
      "/api/v1/stock/movement", "/health", "/health/live", "/health/ready", "/metrics",
    ] {
      #expect(paths[path] != nil, "\(path)")
    }
    // The document promises 401 on what it calls protected; the service keeps the promise.
    for (path, methods) in paths {
      guard case .object(let operations) = methods else { continue }
      for (method, operation) in operations where operation["security"]?.array?.isEmpty == false {
        let real = path.replacingOccurrences(of: "{id}", with: "1").replacingOccurrences(of: "{codigo}", with: "x")
        let answer = try await deposito.client.send(
          method.uppercased(), real, json: method == "post" ? "{}" : nil)
        #expect(answer.status == 401, "\(method) \(path)")
      }
    }
  }

  @Test func servesSwaggerUIFromItsAssets() async throws {
    let assets = try TemporaryDirectory("assets")
    _ = try assets.write("/* css */", to: "swagger-ui.css")
    let deposito = try await DepositoFixture.start(environment: ["ASSETS_DIRECTORY": assets.path])
    let page = try await deposito.client.send("GET", "/docs")
    #expect(page.status == 200)
    #expect(page.headers["content-type"] == "text/html; charset=utf-8")
    #expect(page.text.contains(#"href="docs/swagger-ui.css""#))
    let css = try await deposito.client.send("GET", "/docs/swagger-ui.css")
    #expect(css.text == "/* css */")
    #expect(css.headers["content-type"] == "text/css; charset=utf-8")
    for path in ["/docs/..%2F..%2Fetc%2Fpasswd", "/docs/other.js"] {
      #expect(try await deposito.client.send("GET", path).status == 404, "\(path)")
    }
  }

  @Test func answersCORSToListedOriginsAlone() async throws {
    let deposito = try await DepositoFixture.start(
      environment: ["CORS_ORIGINS": "https://tienda.example, http://localhost:8080"])
    let listed = try await deposito.client.send(
      "OPTIONS", "/api/v1/productos",
      headers: ["Origin": "https://tienda.example", "Access-Control-Request-Method": "POST"])
    #expect(listed.status == 204)
    #expect(listed.headers["access-control-allow-origin"] == "https://tienda.example")
    let stranger = try await deposito.client.send("GET", "/health", headers: ["Origin": "https://tienda.example.evil"])
    #expect(stranger.headers["access-control-allow-origin"] == nil)
  }

  static func logLine(of deposito: DepositoFixture, containing text: String) async throws -> [String: JSONScalar] {
    let end = ContinuousClock.now + .seconds(5)
    while .now < end {
      let log = try String(contentsOfFile: deposito.logPath, encoding: .utf8)
      if let line = log.split(separator: "\n").first(where: { $0.contains(text) }) {
        return try JSONDecoder().decode([String: JSONScalar].self, from: Data(line.utf8))
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw TestSupportError("no log line with \(text)")
  }
}
