import TestSupport

/// An exporter that must keep what all of ours keep, with the real target that it watches.
struct ExporterUnderTest: Sendable, CustomStringConvertible {
  enum Target: Sendable {
    case host
    case postgres
    case redis
  }

  let name: String
  /// What the names of its own families begin with.
  let namespace: String
  let target: Target

  var description: String { name }

  static let all = [
    ExporterUnderTest(name: "node-exporter", namespace: "node", target: .host),
    ExporterUnderTest(name: "postgres-exporter", namespace: "pg", target: .postgres),
    ExporterUnderTest(name: "redis-exporter", namespace: "redis", target: .redis),
  ]

  func start(_ arguments: String...) async throws -> RunningExporter {
    let environment =
      switch target {
      case .host: [String: String]()
      case .postgres: ["DATABASE_URL": try await PostgresServer.shared().url()]
      case .redis: ["REDIS_URL": try await SharedRedis.common.server().url()]
      }
    return try await RunningExporter(name, arguments, environment: environment)
  }
}

/// Starts one Redis for all of these tests.
private actor SharedRedis {
  static let common = SharedRedis()
  private var starting: Task<RedisServer, any Error>?

  func server() async throws -> RedisServer {
    let task = starting ?? Task { try await RedisServer.start() }
    starting = task
    return try await task.value
  }
}

/// The statuses of what came back on a connection, in order.
func statuses(_ text: String?) -> [String] { (text ?? "").matches(of: /HTTP\/1.1 (\d+)/).map { String($0.1) } }
