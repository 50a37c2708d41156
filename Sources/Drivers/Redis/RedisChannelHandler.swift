import NIOCore

/// The end of a connection's pipeline: sends what callers hand in, cuts what comes into replies, and gives each to
/// whoever waits. All of it on the connection's event loop.
final class RedisChannelHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  typealias Results = [Result<RedisReply, RedisError>]

  private let parser: ReplyParser
  private let life: ConnectionLife
  private let received: @Sendable (Int) -> Void
  private var queue = ExchangeQueue()
  private var waiting: [Int: @Sendable (Results) -> Void] = [:]
  private var context: ChannelHandlerContext?
  private var timer: (task: Scheduled<Void>, at: ContinuousClock.Instant)?
  /// Why no command is accepted any more.
  private var end: RedisError?

  /// - Parameter received: told how many bytes came.
  init(parser: ReplyParser, life: ConnectionLife, received: @escaping @Sendable (Int) -> Void) {
    self.parser = parser
    self.life = life
    self.received = received
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  /// - Parameter completion: called on the event loop once for each group, with its number, in their order.
  func send(
    _ bytes: ByteBuffer, _ groups: [ReplyGroup], deadline: ContinuousClock.Instant,
    completion: @escaping @Sendable (Int, Results) -> Void
  ) {
    guard end == nil, let context else {
      let error = end ?? RedisError(.unavailable, "the connection is closed")
      for (index, group) in groups.enumerated() {
        completion(index, Array(repeating: .failure(error), count: group.count))
      }
      return
    }
    let now = ContinuousClock.now
    for (index, group) in groups.enumerated() {
      let number = queue.begin(count: group.count, deadline: deadline, limit: group.limit, at: now)
      waiting[number] = { completion(index, $0) }
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    schedule(context)
  }

  /// Nothing that comes from here on is anybody's reply.
  func finish(_ error: RedisError) {
    guard end == nil else { return }
    end = error
    life.end()
    timer?.task.cancel()
    timer = nil
    for exchange in queue.fail(error) { complete(exchange) }
    context?.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    received(buffer.readableBytes)
    guard end == nil else { return }
    do throws(RedisError) {
      try buffer.withUnsafeReadableBytes { bytes throws(RedisError) in
        let now = ContinuousClock.now
        try parser.feed(bytes) { receive($0, at: now) }
      }
    } catch {
      finish(error)
    }
    // The next one may have a shorter limit.
    schedule(context)
  }

  private func receive(_ reply: RedisReply, at now: ContinuousClock.Instant) {
    switch queue.receive(reply, at: now) {
    case .expected: break
    case .completes(let exchange): complete(exchange)
    // Such as "max number of clients reached", which the server says before it closes.
    case .unexpected:
      finish(reply.error.map { RedisError(.unavailable, $0.message, code: $0.code) } ?? Self.unasked)
    }
  }

  private func complete(_ exchange: ExchangeQueue.Exchange) {
    waiting.removeValue(forKey: exchange.number)?(exchange.results)
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish(RedisError(.unavailable, "the server closed the connection"))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    finish(RedisError(.unavailable, "the connection failed: \(error)"))
  }

  /// One timer for all: it looks again where a reply has moved the instant on.
  private func schedule(_ context: ChannelHandlerContext) {
    guard let expiry = queue.firstExpiry else { return }
    if let timer {
      guard expiry < timer.at else { return }
      timer.task.cancel()
    }
    let delay = TimeAmount(max(.zero, expiry - .now))
    timer = (context.eventLoop.assumeIsolated().scheduleTask(in: delay) { self.expire() }, expiry)
  }

  private func expire() {
    timer = nil
    guard let expiry = queue.firstExpiry, let context else { return }
    guard expiry <= .now else { return schedule(context) }
    finish(RedisError(.timedOut, "no reply in time"))
  }

  private static let unasked = RedisError(.protocolViolation, "a reply came that nobody asked for")
}

/// What the replies to a group of commands are, before they come.
struct ReplyGroup: Sendable {
  let count: Int
  let limit: Duration?
}
