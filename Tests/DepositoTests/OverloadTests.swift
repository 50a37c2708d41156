import Foundation
import TestSupport
import Testing

/// More than it can do: who does not get in is told at once, who is in gets an answer, and it stays alive.
@Suite struct OverloadTests {
  /// A request on a connection of its own.
  private struct Request {
    let connection: RawConnection

    init(_ method: String, _ path: String, _ client: HTTPClient, port: Int, body: String = "") throws {
      connection = try RawConnection(port: port)
      connection.send(
        """
        \(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r
        Authorization: \(client.headers["Authorization"] ?? "")\r
        Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
        """)
    }
  }

  private struct Answer {
    let status: Int
    let text: String
    let at: ContinuousClock.Instant
  }

  private static func answer(of request: Request) async throws -> Answer {
    guard let text = try await request.connection.readToEnd(within: .seconds(30)) else {
      throw TestSupportError("no answer within 30 s")
    }
    return Answer(status: Int(text.dropFirst(9).prefix(3)) ?? 0, text: text, at: .now)
  }

  private static func answers(of requests: [Request]) async throws -> [Answer] {
    var answers: [Answer] = []
    for request in requests { answers.append(try await answer(of: request)) }
    return answers
  }

  /// Of one product, of which a bounded number may be without an answer.
  @Test func movementsPastTheBoundAreToldToComeBackAtOnce() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "0")
    let lock = try await deposito.hold("UPDATE deposito.productos SET nombre = nombre", seconds: 3)
    let body = DepositoFixture.movement(product, "ENTRADA", "1")
    func send(_ count: Int) throws -> [Request] {
      try (0..<count).map { _ in
        try Request("POST", "/api/v1/stock/movement", client, port: deposito.port, body: body)
      }
    }
    let first = try send(700)
    try await Task.sleep(for: .milliseconds(500))
    // The queue is full by now: each of these is measured from its sending.
    var (refusals, lives): ([Duration], [Duration]) = ([], [])
    for _ in 0..<11 {
      let start = ContinuousClock.now
      let refused = try await Self.answer(
        of: try Request(
          "POST", "/api/v1/stock/movement", client, port: deposito.port, body: body))
      #expect(refused.status == 503)
      #expect(refused.text.contains("Retry-After: 1") || refused.text.contains("retry-after: 1"))
      refusals.append(start.duration(to: refused.at))
      let alive = ContinuousClock.now
      #expect(try await client.send("GET", "/health/live").status == 200)
      lives.append(alive.duration(to: .now))
    }
    // The middle one: a busy machine may hold up some of them.
    #expect(refusals.sorted()[5] < .milliseconds(100), "\(refusals)")
    #expect(lives.sorted()[5] < .milliseconds(100), "\(lives)")
    let answers = try await Self.answers(of: first)
    try await lock.value
    let registered = answers.count { $0.status == 200 }
    #expect(answers.allSatisfy { $0.status == 200 || $0.status == 503 })
    #expect(registered >= 256 && registered < 700)
    #expect(try await deposito.psql("SELECT stock_actual FROM deposito.productos") == "\(registered).000")
  }

  /// Of reads, which wait for a connection.
  @Test func readsPastThePoolAreToldToComeBackAtOnce() async throws {
    let deposito = try await DepositoFixture.start()
    let client = try await deposito.admin()
    let product = try await deposito.product(client, code: "uno", stock: "0")
    let lock = try await deposito.hold("LOCK TABLE deposito.productos", seconds: 1.5)
    let path = "/api/v1/productos/\(product)"
    let first = try (0..<400).map { _ in try Request("GET", path, client, port: deposito.port) }
    try await Task.sleep(for: .milliseconds(300))
    var refusals: [Duration] = []
    for _ in 0..<5 {
      let start = ContinuousClock.now
      let refused = try await Self.answer(of: try Request("GET", path, client, port: deposito.port))
      #expect(refused.status == 503)
      refusals.append(start.duration(to: refused.at))
      #expect(try await client.send("GET", "/health/live").status == 200)
    }
    #expect(refusals.sorted()[2] < .milliseconds(100), "\(refusals)")
    let answers = try await Self.answers(of: first)
    try await lock.value
    #expect(answers.allSatisfy { $0.status == 200 || $0.status == 503 })
    #expect(answers.count { $0.status == 200 } >= 200)
    #expect(try await client.send("GET", path).status == 200)
  }
}
