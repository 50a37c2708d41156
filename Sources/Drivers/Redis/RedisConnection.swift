import NIOCore
import Synchronization

/// One connection. Commands that are sent together travel together; several callers may send at the same time, and
/// each gets its own replies. After a timeout, a cancellation or a mistake in the protocol it is closed, since an
/// unread reply must never be taken for a later one: then make a new one.
package final class RedisConnection: Sendable {
  /// What became of each command, in their order.
  package typealias Replies = [Result<RedisReply, RedisError>]

  private let channel: any Channel
  private let handler: NIOLoopBound<RedisChannelHandler>
  private let life: ConnectionLife
  package let configuration: RedisConfiguration

  init(
    _ channel: any Channel, _ handler: NIOLoopBound<RedisChannelHandler>, _ life: ConnectionLife,
    _ configuration: RedisConfiguration
  ) {
    self.channel = channel
    self.handler = handler
    self.life = life
    self.configuration = configuration
  }

  /// One that is let go unclosed, as by a scrape whose target was closed meanwhile, is not left open.
  deinit { end(RedisError(.unavailable, "nobody has the connection any more")) }

  /// False once it is lost. It does no IO: a connection whose peer is gone can look usable until its next command.
  package var isUsable: Bool { !life.isOver && channel.isActive }

  /// Sends the commands in one go.
  /// - Parameters:
  ///   - deadline: for all of them.
  ///   - limit: how long the server may take for them, once it has answered what was sent before; nil for as long as
  ///     the deadline allows.
  /// - Returns: what became of each, in their order. Those that were answered before a failure have their replies.
  package func pipeline(
    _ commands: [RedisCommand], deadline: ContinuousClock.Instant, limit: Duration? = nil
  ) async -> Replies {
    guard let group = CommandGroup(commands, limit: limit) else { return [] }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        send([group], deadline) { _, replies in continuation.resume(returning: replies) }
      }
    } onCancel: {
      end(Self.cancellation)
    }
  }

  /// Sends the commands of all groups in one go.
  /// - Parameter deadline: for all of them.
  /// - Returns: what became of each group, as soon as its last reply is there. Where one exceeds its limit, the later
  ///   ones fail with it. Whoever stops listening before the last one ends the connection.
  package func pipeline(_ groups: [CommandGroup], deadline: ContinuousClock.Instant) -> AsyncStream<Replies> {
    let (stream, listener) = AsyncStream.makeStream(of: Replies.self)
    guard !groups.isEmpty else {
      listener.finish()
      return stream
    }
    listener.onTermination = { [self] end in
      if case .cancelled = end { self.end(Self.cancellation) }
    }
    send(groups, deadline) { index, replies in
      listener.yield(replies)
      if index == groups.count - 1 { listener.finish() }
    }
    return stream
  }

  private func send(
    _ groups: [CommandGroup], _ deadline: ContinuousClock.Instant,
    completion: @escaping @Sendable (Int, Replies) -> Void
  ) {
    var bytes = channel.allocator.buffer(
      capacity: groups.reduce(0) { $1.commands.reduce($0) { $0 + $1.encoded.count } })
    for group in groups { for command in group.commands { bytes.writeBytes(command.encoded) } }
    let expected = groups.map { ReplyGroup(count: $0.commands.count, limit: $0.limit) }
    let (request, handler) = (bytes, handler)
    channel.eventLoop.execute { handler.value.send(request, expected, deadline: deadline, completion: completion) }
  }

  private static let cancellation = RedisError(.cancelled, "the caller gave up")

  /// One command and its reply, which is no error.
  package func send(
    _ command: RedisCommand, deadline: ContinuousClock.Instant
  ) async throws(RedisError) -> RedisReply {
    guard let result = await pipeline([command], deadline: deadline).first else {
      throw RedisError(.unavailable, "the connection is closed")
    }
    return try result.get()
  }

  /// Whoever waits for a reply gets an error. The socket is closed behind the caller's back: a peer that does not answer
  /// the end of TLS would hold it up.
  package func close() async { end(RedisError(.unavailable, "the connection is closed")) }

  private func end(_ error: RedisError) {
    let handler = handler
    life.end()
    channel.eventLoop.execute { handler.value.finish(error) }
  }
}

/// Whether a connection takes no commands any more. Safe from any thread.
final class ConnectionLife: Sendable {
  private let hasEnded = Atomic(false)
  var isOver: Bool { hasEnded.load(ordering: .acquiring) }
  func end() { hasEnded.store(true, ordering: .releasing) }
}
