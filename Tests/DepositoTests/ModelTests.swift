import Foundation
import TestSupport
import Testing

/// Thousands of random writes from many clients to two replicas, while one of them and PostgreSQL are killed and
/// connections are cut: whatever was acknowledged is there once, and nothing is there by halves.
@Suite struct ModelTests {
  private static let clientCount = 16
  private static let firstProducts = 8
  private static let duration = Duration.seconds(25)
  /// After the run so many operations are drawn, and sent once more where they were acknowledged: most of them before a
  /// crash.
  private static let replays = 200
  /// Fewer prove nothing. A debug build on a busy machine does many times as many.
  private static let leastAcknowledged = 500
  /// Nobody listens there: what leaves the outbox only when it is delivered stays in it.
  private static let environment = ["REDIS_URL": "redis://127.0.0.1:1/0"]

  @Test(.timeLimit(.minutes(4)))
  func everyAcknowledgedWriteIsThereOnceAfterAnyCrash() async throws {
    var generator = SeededGenerator(for: "model of \(Self.clientCount) clients")
    let server = try await PostgresServer.start()
    let deposito = try await DepositoFixture.start(on: server, environment: Self.environment)
    let token = try await TokenForge.token(claims: TokenForge.claims())
    let http = deposito.client.authorized(by: token)
    let journal = ModelJournal()
    let replica = try await deposito.replica(environment: Self.environment)
    let ways = [http, replica.client.authorized(by: token)]
    let warehouse = try await Self.secondWarehouse(http)
    var clients = (1...Self.clientCount).map { number in
      ModelClient(
        http: ways[number % 2], journal: journal,
        operations: ModelOperations(client: number, otherWarehouse: warehouse, seed: generator.next()))
    }
    for _ in 0..<Self.firstProducts { await clients[0].perform(clients[0].operations.create(), until: .now) }
    try #require(journal.products.count == Self.firstProducts, "\(journal.surprises)")

    let faults = ModelFaults(deposito, environment: Self.environment, seed: generator.next())
    // It holds the process that it started last.
    let done = try await Self.run(clients, faults)
    try await http.wait(for: "/api/v1/productos/\(journal.products[0])", within: .seconds(30))
    // Nobody started it again.
    try await replica.client.wait(for: "/health/ready", within: .seconds(30))
    try await Self.replay(journal, by: clients[0], choosing: &generator)

    let books = try await ModelBooks.read(from: deposito)
    let problems = books.problems(with: journal.entries) + journal.surprises
    #expect(problems.isEmpty, "\(problems.count): \(problems.prefix(20).joined(separator: "\n"))")
    try await Self.checkInvariants(deposito, http)
    Self.checkReach(journal.entries, done.counts)
  }

  private static func secondWarehouse(_ http: HTTPClient) async throws -> Int {
    let answer = try await http.send("POST", "/api/v1/depositos", json: #"{"codigo":"ANEXO","nombre":"Anexo"}"#)
    #expect(answer.status == 201)
    return try #require(answer.json["id"]?.int, "\(answer.text)")
  }

  private static func run(_ clients: [ModelClient], _ faults: ModelFaults) async throws -> ModelFaults {
    let end = ContinuousClock.now + duration
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for client in clients {
        group.addTask {
          var client = client
          try await client.run(until: end)
        }
      }
      // Here, so that it comes back; the last operations are answered by what it has mended.
      var faults = faults
      try await faults.run(until: end)
      try await group.waitForAll()
      return faults
    }
  }

  /// Answers are kept where no crash forgets them.
  private static func replay(
    _ journal: ModelJournal, by client: ModelClient, choosing generator: inout SeededGenerator
  ) async throws {
    for entry in journal.entries.shuffled(using: &generator).prefix(replays) {
      if case .acknowledged(let answer) = entry.verdict { await client.again(entry.operation, like: answer) }
    }
  }

  private static func checkInvariants(_ deposito: DepositoFixture, _ http: HTTPClient) async throws {
    for (name, count) in ModelBooks.violations {
      #expect(try await deposito.psql(count) == "0", "\(name)")
    }
    let report = try await http.send("GET", "/api/v1/reportes/integrity-check")
    #expect(report.json["integridad_ok"] == .bool(true), "\(report.text)")
    #expect(report.json["inconsistencias_encontradas"]?.int == 0)
  }

  /// Whether the run was one that could have failed.
  private static func checkReach(_ entries: [ModelJournal.Entry], _ counts: [ModelFaults.Kind: Int]) {
    var acknowledged: [String: Int] = [:]
    var unknown = 0
    for entry in entries {
      switch entry.verdict {
      case .acknowledged: acknowledged[entry.operation.name, default: 0] += 1
      case .unknown: unknown += 1
      case .refused: continue
      }
    }
    #expect(acknowledged.values.reduce(0, +) >= leastAcknowledged)
    let names = ["create", "ENTRADA", "SALIDA", "AJUSTE", "TRANSFERENCIA", "batch", "update", "adjust", "change"]
    for name in names { #expect(acknowledged[name, default: 0] > 0, "\(name)") }
    for kind in ModelFaults.Kind.allCases { #expect(counts[kind, default: 0] > 0, "\(kind)") }
    #expect(unknown > 0, "no fault hit an operation")
  }
}
