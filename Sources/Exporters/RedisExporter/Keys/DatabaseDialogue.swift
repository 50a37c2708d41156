import Redis

/// Questions in several databases that travel together, each behind the SELECT that it needs; the last SELECT brings the
/// connection back to where it was.
struct DatabaseDialogue {
  private let session: RedisSession
  private var current: Int
  private var commands: [RedisCommand] = []

  init(_ session: RedisSession) {
    self.session = session
    current = session.connection.configuration.database
  }

  /// - Returns: where the answers will be.
  mutating func add(_ questions: [RedisCommand], in database: Int) -> Range<Int> {
    guard !questions.isEmpty else { return 0..<0 }
    select(database)
    commands += questions
    return commands.count - questions.count..<commands.count
  }

  private mutating func select(_ database: Int) {
    // A cluster has one database and refuses the command.
    guard database != current, session.mode != .cluster else { return }
    current = database
    commands.append(RedisCommand("SELECT", "\(database)"))
  }

  /// - Throws: the connection is over; what the server refuses is an answer.
  mutating func answers(
    to ranges: [Range<Int>], until deadline: ContinuousClock.Instant
  ) async throws(RedisError) -> [RedisAnswers] {
    select(session.connection.configuration.database)
    let results = await session.connection.pipeline(commands, deadline: deadline)
    if case .failure(let error)? = results.last, error.kind != .server { throw error }
    var isRefused = false
    var checked = results
    for (index, command) in commands.enumerated() {
      // What follows a refused SELECT was answered by another database.
      if command.name == "SELECT" {
        isRefused = if case .failure = results[index] { true } else { false }
      } else if isRefused {
        checked[index] = .failure(RedisError(.server, "there is no such database"))
      }
    }
    return ranges.map { RedisAnswers(checked[$0]) }
  }
}
