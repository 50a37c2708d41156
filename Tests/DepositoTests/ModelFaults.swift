import Foundation
import TestSupport

/// Breaks the service and its database, again and again, and mends them.
struct ModelFaults: Sendable {
  enum Kind: String, CaseIterable, Sendable { case service, database, connections }

  /// Milliseconds between two faults.
  private static let pause = 700...2_500
  private static let restartTimeout = Duration.seconds(30)
  private static let startAttempts = 6

  let deposito: DepositoFixture
  let environment: [String: String]
  var generator: SeededGenerator
  private(set) var counts: [Kind: Int] = [:]
  private var process: ServerProcess

  init(_ deposito: DepositoFixture, environment: [String: String], seed: UInt64) {
    self.deposito = deposito
    process = deposito.process
    generator = SeededGenerator(for: "model, faults", seed: seed)
    self.environment = [
      "DATABASE_URL": deposito.server.url(user: "deposito_app", database: deposito.database),
      "JWT_SECRET_KEY": DepositoFixture.key, "DEPOSITO_PORT": "\(deposito.port)",
    ].merging(environment) { $1 }
  }

  /// Each kind once, then at random; afterwards everything is up.
  mutating func run(until end: ContinuousClock.Instant) async throws {
    var coming = Kind.allCases.shuffled(using: &generator)
    while .now < end || !coming.isEmpty {
      try await Task.sleep(for: .milliseconds(Int.random(in: Self.pause, using: &generator)))
      let kind = coming.popLast() ?? Kind.allCases.randomElement(using: &generator) ?? .connections
      switch kind {
      case .service: try await killService()
      case .database: try await killDatabase()
      case .connections: try await cutConnections()
      }
      counts[kind, default: 0] += 1
    }
  }

  private mutating func killService() async throws {
    try await process.killTree()
    process = try await ServerProcess(
      "agente-deposito", [Binaries.path(of: "agente-deposito")], environment: environment, in: deposito.directory)
    try await deposito.client.wait(for: "/health/live", within: Self.restartTimeout)
  }

  /// Postmaster and sessions at once; then recovery from the log.
  private func killDatabase() async throws {
    try await deposito.server.kill()
    // A session that was born while the others died ends when it misses its postmaster; before that none can start.
    for _ in 0..<Self.startAttempts - 1 {
      do { return try await deposito.server.start() } catch { try await Task.sleep(for: .milliseconds(500)) }
    }
    try await deposito.server.start()
  }

  /// Each of the service's connections with the same chance.
  private func cutConnections() async throws {
    try await deposito.psql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'deposito_app' AND random() < 0.5")
  }
}
