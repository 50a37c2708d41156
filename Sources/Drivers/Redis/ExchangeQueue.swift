/// Which reply belongs to which command: replies come in the order of the commands, and after an error nothing that
/// comes is anybody's. It does no IO.
struct ExchangeQueue {
  /// Commands whose replies are handed over together.
  struct Exchange {
    let number: Int
    let count: Int
    fileprivate(set) var results: [Result<RedisReply, RedisError>] = []
    /// The last instant at which the replies may be complete.
    let deadline: ContinuousClock.Instant
    /// How long the server may take for them, once it has answered what was sent before.
    let limit: Duration?
    /// When it was sent, or when all that was sent before was answered.
    fileprivate var turn: ContinuousClock.Instant

    /// When it fails, should nothing more come and it be the first.
    fileprivate var expiry: ContinuousClock.Instant { limit.map { min(deadline, turn + $0) } ?? deadline }

    fileprivate var isComplete: Bool { results.count == count }
  }

  enum Receipt {
    case expected
    case completes(Exchange)
    /// Nobody asked.
    case unexpected
  }

  private var exchanges: [Exchange] = []
  private var lastNumber = 0

  var isEmpty: Bool { exchanges.isEmpty }

  /// When the first of them fails, should nothing more come; nil where nobody waits. Limits hold for the one alone whose
  /// turn it is.
  var firstExpiry: ContinuousClock.Instant? {
    guard let first = exchanges.first else { return nil }
    return exchanges.reduce(first.expiry) { min($0, $1.deadline) }
  }

  /// - Returns: its number.
  mutating func begin(
    count: Int, deadline: ContinuousClock.Instant, limit: Duration?, at now: ContinuousClock.Instant
  ) -> Int {
    lastNumber += 1
    exchanges.append(Exchange(number: lastNumber, count: count, deadline: deadline, limit: limit, turn: now))
    return lastNumber
  }

  mutating func receive(_ reply: RedisReply, at now: ContinuousClock.Instant) -> Receipt {
    guard !exchanges.isEmpty else { return .unexpected }
    exchanges[0].results.append(reply.error.map { .failure($0) } ?? .success(reply))
    guard exchanges[0].isComplete else { return .expected }
    let complete = exchanges.removeFirst()
    if !exchanges.isEmpty { exchanges[0].turn = now }
    return .completes(complete)
  }

  /// The connection is over: every command without a reply has this error.
  mutating func fail(_ error: RedisError) -> [Exchange] {
    defer { exchanges = [] }
    return exchanges.map { exchange in
      var failed = exchange
      while !failed.isComplete { failed.results.append(.failure(error)) }
      return failed
    }
  }
}
