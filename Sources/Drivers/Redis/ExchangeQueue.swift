/// Which reply belongs to which command: replies come in the order of the commands, and after an error nothing that
/// comes is anybody's. It does no IO.
struct ExchangeQueue {
  /// What a caller sent together.
  struct Exchange {
    let number: Int
    let count: Int
    fileprivate(set) var results: [Result<RedisReply, RedisError>] = []
    /// The last instant at which the reply may be complete, and how long the server may be silent until then.
    let deadline: ContinuousClock.Instant
    let silence: Duration?
    fileprivate var lastSign: ContinuousClock.Instant

    /// When it fails, should nothing more come.
    var expiry: ContinuousClock.Instant { silence.map { min(deadline, lastSign + $0) } ?? deadline }
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
  /// Of the first in line; nil where nobody waits.
  var firstExpiry: ContinuousClock.Instant? { exchanges.map(\.expiry).min() }

  /// - Returns: its number.
  mutating func begin(
    count: Int, deadline: ContinuousClock.Instant, silence: Duration?, at now: ContinuousClock.Instant
  ) -> Int {
    lastNumber += 1
    exchanges.append(
      Exchange(number: lastNumber, count: count, deadline: deadline, silence: silence, lastSign: now))
    return lastNumber
  }

  mutating func receive(_ reply: RedisReply, at now: ContinuousClock.Instant) -> Receipt {
    guard !exchanges.isEmpty else { return .unexpected }
    exchanges[0].results.append(reply.error.map { .failure($0) } ?? .success(reply))
    for index in exchanges.indices { exchanges[index].lastSign = now }
    return exchanges[0].isComplete ? .completes(exchanges.removeFirst()) : .expected
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
