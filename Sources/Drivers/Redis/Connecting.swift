import NIOCore
import NIOPosix
import NIOSSL

extension RedisConnection {
  /// Connects, encrypts where the configuration says so, and introduces us: `AUTH`, `SELECT`, `CLIENT SETNAME` in one
  /// round trip.
  /// - Parameter received: told of every piece of the server's answers how many bytes it has.
  package static func connect(
    _ configuration: RedisConfiguration, deadline: ContinuousClock.Instant,
    received: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws(RedisError) -> RedisConnection {
    let tls = try await configuration.makeTLSContext()
    let connection: RedisConnection
    do {
      connection = try await open(configuration, tls, deadline, received)
    } catch let error as RedisError {
      throw error
    } catch {
      throw RedisError(.unavailable, "cannot connect to \(configuration.address): \(reason(error))")
    }
    let commands = configuration.introduction
    let results = await connection.pipeline(commands, deadline: deadline)
    for (command, result) in zip(commands, results) {
      if case .failure(let error) = result, command.name != setName || !canDoWithoutName(error) {
        await connection.close()
        throw error
      }
    }
    return connection
  }

  static let setName = "CLIENT SETNAME"
  private static let maximumReadBytes = 64 << 10

  /// Where the name is refused for its own sake, and not because we are.
  private static func canDoWithoutName(_ error: RedisError) -> Bool {
    ["NOPERM", "BUSY", "LOADING"].contains(error.code) || error.message.hasPrefix("ERR unknown")
  }

  private static func open(
    _ configuration: RedisConfiguration, _ tls: NIOSSLContext?, _ deadline: ContinuousClock.Instant,
    _ received: @escaping @Sendable (Int) -> Void
  ) async throws -> RedisConnection {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let life = ConnectionLife()
    let remaining = TimeAmount(max(.milliseconds(1), deadline - .now))
    // Whatever the kernel has is read at once: a reply of several kilobytes is the rule.
    let buffers = FixedSizeRecvByteBufferAllocator(capacity: maximumReadBytes)
    let bootstrap = ClientBootstrap(group: loop).connectTimeout(remaining).channelOption(.recvAllocator, value: buffers)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(
              NIOSSLClientHandler(context: tls, serverHostname: configuration.serverName))
          }
          let parser = ReplyParser(
            maximumReplyBytes: configuration.maximumReplyBytes,
            maximumReplyElements: configuration.maximumReplyElements)
          try channel.pipeline.syncOperations.addHandler(
            RedisChannelHandler(parser: parser, life: life, received: received))
        }
      }
    let connecting =
      switch configuration.endpoint {
      case .tcp(let host, let port): bootstrap.connect(host: host, port: port)
      case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
      }
    // The name's resolution has no limit of its own: whoever waits is answered in time, and what comes later is closed.
    let promise = loop.makePromise(of: (any Channel).self)
    let isOver = NIOLoopBoundBox.makeBoxSendingValue(false, eventLoop: loop)
    let timer = loop.scheduleTask(in: remaining) {
      guard !isOver.value else { return }
      isOver.value = true
      promise.fail(RedisError(.timedOut, "no connection to \(configuration.address) in time"))
    }
    connecting.whenComplete { result in
      timer.cancel()
      if isOver.value {
        if case .success(let channel) = result { channel.close(promise: nil) }
        return
      }
      isOver.value = true
      promise.completeWith(result)
    }
    let channel = try await promise.futureResult.get()
    let handler = try await loop.submit {
      NIOLoopBound(try channel.pipeline.syncOperations.handler(type: RedisChannelHandler.self), eventLoop: loop)
    }.get()
    return RedisConnection(channel, handler, life, configuration)
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as NIOConnectionError:
      error.connectionErrors.first.map { reason($0.error) } ?? "its name cannot be resolved"
    case let error as IOError: error.description
    case is ChannelError: "no answer in time"
    default: "\(error)"
    }
  }
}
