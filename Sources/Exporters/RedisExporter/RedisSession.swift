import ExporterKit
import Redis

/// A connection with what a server does not change while it runs.
struct RedisSession: Sendable {
  enum Mode: String, Sendable { case standalone, cluster, sentinel }

  let connection: RedisConnection
  let options: RedisOptions
  let mode: Mode
  /// 70015 is 7.0.15; `Int.max` where the server does not say.
  let version: Int
  /// Of the server's configuration; 16, the default, where it does not say, and 1 of a cluster.
  let databases: Int
  /// How long connecting took.
  let connectTime: Duration
  /// Of the target, where a flag asks for one.
  let survey: KeySurvey?

  static let defaultDatabases = 16
  private static let maximumDatabases = 4096

  static func open(
    _ configuration: RedisConfiguration, _ options: RedisOptions, survey: KeySurvey? = nil,
    deadline: ContinuousClock.Instant, received: @escaping @Sendable (Int) -> Void
  ) async throws(RedisError) -> RedisSession {
    let start = ContinuousClock.now
    let connection = try await RedisConnection.connect(configuration, deadline: deadline, received: received)
    let connectTime = ContinuousClock.now - start
    var commands = [RedisCommand("INFO", "server")]
    if let config = options.configCommand {
      commands.append(RedisCommand(config, "GET", "databases", name: "CONFIG GET"))
    }
    let answers = RedisAnswers(await connection.pipeline(commands, deadline: deadline)[...])
    var (mode, version) = (Mode.standalone, Int.max)
    do {
      try answers[0].withText { text in
        text.forEachReplyLine { line in
          guard let (name, value) = line.cut(at: UInt8(ascii: ":")) else { return }
          if name == "redis_mode" { mode = Mode(rawValue: value.string) ?? .standalone }
          if name == "redis_version" { version = Self.version(value) }
        }
      }
    } catch  where error.kind != .server {
      await connection.close()
      throw error
    } catch {
      // A user without INFO: each collector says itself what it may not.
    }
    let said = (try? answers[1]).flatMap { Array($0.elements).last?.withText { $0.integer } }
    let databases = mode == .cluster ? 1 : min(max(said ?? Self.defaultDatabases, 1), Self.maximumDatabases)
    return RedisSession(
      connection: connection, options: options, mode: mode, version: version, databases: databases,
      connectTime: connectTime, survey: survey)
  }

  /// 70015 for `7.0.15`; `Int.max` for what is no version.
  static func version(_ text: Bytes) -> Int {
    var parts: [Int] = []
    text.forEachPiece(between: UInt8(ascii: ".")) { parts.append(min(max($0.integer ?? 0, 0), 99)) }
    guard parts.count >= 2, parts[0] > 0 else { return .max }
    return parts[0] * 10_000 + parts[1] * 100 + (parts.count > 2 ? parts[2] : 0)
  }
}
