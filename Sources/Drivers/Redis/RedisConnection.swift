import NIOCore
import Synchronization

/// One connection. Commands that are sent together travel together; several callers may send at the same time, and
/// each gets its own replies. After a timeout, a cancellation or a mistake in the protocol it is closed, since an
/// unread reply must never be taken for a later one: then make a new one.
package final class RedisConnection: Sendable {
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

  /// False once it is lost. It does no IO: a connection whose peer is gone can look usable until its next command.
  package var isUsable: Bool { !life.isOver && channel.isActive }

  /// Sends the commands in one go.
  /// - Parameters:
  ///   - deadline: for all of them.
  ///   - silence: how long the server may say nothing before then; nil for as long as the deadline allows.
  /// - Returns: what became of each, in their order. Those that were answered before a failure have their replies.
  package func pipeline(
    _ commands: [RedisCommand], deadline: ContinuousClock.Instant, silence: Duration? = nil
  ) async -> [Result<RedisReply, RedisError>] {
    guard !commands.isEmpty else { return [] }
    var bytes = channel.allocator.buffer(capacity: commands.reduce(0) { $0 + $1.encoded.count })
    for command in commands { bytes.writeBytes(command.encoded) }
    let (request, handler, count) = (bytes, handler, commands.count)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        channel.eventLoop.execute {
          handler.value.send(request, count: count, deadline: deadline, silence: silence) {
            continuation.resume(returning: $0)
          }
        }
      }
    } onCancel: {
      end(RedisError(.cancelled, "the caller gave up"))
    }
  }

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
