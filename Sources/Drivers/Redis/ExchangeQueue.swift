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
    fileprivate let begin: ContinuousClock.Instant

    /// When it fails, should nothing more come.
    fileprivate func expiry(_ lastSign: ContinuousClock.Instant?) -> ContinuousClock.Instant {
      silence.map { min(deadline, max(begin, lastSign ?? begin) + $0) } ?? deadline
    }

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
  /// When the server last replied.
  private var lastSign: ContinuousClock.Instant?

  var isEmpty: Bool { exchanges.isEmpty }
  /// When the first of them fails, should nothing more come; nil where nobody waits.
  var firstExpiry: ContinuousClock.Instant? { exchanges.map { $0.expiry(lastSign) }.min() }

  /// - Returns: its number, and when it fails should nothing come.
  mutating func begin(
    count: Int, deadline: ContinuousClock.Instant, silence: Duration?, at now: ContinuousClock.Instant
  ) -> (number: Int, expiry: ContinuousClock.Instant) {
    lastNumber += 1
    let exchange = Exchange(number: lastNumber, count: count, deadline: deadline, silence: silence, begin: now)
    exchanges.append(exchange)
    return (lastNumber, exchange.expiry(nil))
  }

  mutating func receive(_ reply: RedisReply, at now: ContinuousClock.Instant) -> Receipt {
    guard !exchanges.isEmpty else { return .unexpected }
    exchanges[0].results.append(reply.error.map { .failure($0) } ?? .success(reply))
    lastSign = now
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
