import Testing

@testable import Redis

@Suite("ExchangeQueue")
struct ExchangeQueueTests {
  private static let start = ContinuousClock.now

  private static func reply(_ text: String) throws -> RedisReply {
    let parser = ReplyParser(maximumReplyBytes: 1000, maximumReplyElements: 10)
    var replies: [RedisReply] = []
    try Array(text.utf8).withUnsafeBytes { try parser.feed($0) { replies.append($0) } }
    return try #require(replies.first)
  }

  private static func texts(_ exchange: ExchangeQueue.Exchange) -> [String] {
    exchange.results.map { result in
      switch result {
      case .success(let reply): reply.string ?? ""
      case .failure(let error): error.kind.rawValue
      }
    }
  }

  @Test("replies go to commands in their order, whoever sent them")
  func order() throws {
    var queue = ExchangeQueue()
    let first = queue.begin(count: 2, deadline: Self.start + .seconds(9), limit: nil, at: Self.start)
    let second = queue.begin(count: 1, deadline: Self.start + .seconds(9), limit: nil, at: Self.start)
    guard case .expected = queue.receive(try Self.reply("+a\r\n"), at: Self.start),
      case .completes(let one) = queue.receive(try Self.reply("-ERR b\r\n"), at: Self.start),
      case .completes(let other) = queue.receive(try Self.reply("+c\r\n"), at: Self.start),
      case .unexpected = queue.receive(try Self.reply("+d\r\n"), at: Self.start)
    else {
      Issue.record("replies are not told apart")
      return
    }
    #expect(one.number == first && Self.texts(one) == ["a", "server"])
    #expect(other.number == second && Self.texts(other) == ["c"])
    #expect(queue.isEmpty)
  }

  @Test("at the end of a connection, what was answered keeps its reply")
  func failure() throws {
    var queue = ExchangeQueue()
    _ = queue.begin(count: 3, deadline: Self.start + .seconds(9), limit: nil, at: Self.start)
    _ = queue.begin(count: 1, deadline: Self.start + .seconds(9), limit: nil, at: Self.start)
    _ = queue.receive(try Self.reply("+a\r\n"), at: Self.start)
    let failed = queue.fail(RedisError(.unavailable, "gone"))
    #expect(failed.map(Self.texts) == [["a", "unavailable", "unavailable"], ["unavailable"]])
    #expect(queue.isEmpty && queue.firstExpiry == nil)
  }

  @Test("a limit holds from the end of the replies before, a deadline for all; one reply of several moves nothing")
  func limits() throws {
    var queue = ExchangeQueue()
    func begin(_ count: Int, _ limit: Duration?) {
      _ = queue.begin(count: count, deadline: Self.start + .seconds(9), limit: limit, at: Self.start)
    }
    begin(2, .seconds(2))
    begin(1, .seconds(1))
    begin(1, nil)
    begin(1, .seconds(8))
    #expect(queue.firstExpiry == Self.start + .seconds(2))
    _ = queue.receive(try Self.reply("+a\r\n"), at: Self.start + .milliseconds(500))
    #expect(queue.firstExpiry == Self.start + .seconds(2))
    _ = queue.receive(try Self.reply("+b\r\n"), at: Self.start + .milliseconds(600))
    #expect(queue.firstExpiry == Self.start + .milliseconds(1600))
    _ = queue.receive(try Self.reply("+c\r\n"), at: Self.start + .milliseconds(700))
    #expect(queue.firstExpiry == Self.start + .seconds(9))
    _ = queue.receive(try Self.reply("+d\r\n"), at: Self.start + .seconds(4))
    #expect(queue.firstExpiry == Self.start + .seconds(9))
    _ = queue.begin(count: 1, deadline: Self.start + .seconds(5), limit: nil, at: Self.start + .seconds(4))
    #expect(queue.firstExpiry == Self.start + .seconds(5))
  }
}
