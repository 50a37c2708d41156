import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// `GET /metrics` and its few neighbours over HTTP/1.1: what an exporter needs and no more. One event loop thread.
///
/// On graceful shutdown it stops accepting, finishes the requests under way within
/// `ServerLimits.shutdownTimeoutSeconds`, and returns.
public struct PageServer: Service {
  private let address: String
  private let port: Int
  private let router: Router
  private let limits: ServerLimits
  private let logger: Logger
  /// Called with the port once connections are accepted.
  public var onListening: @Sendable (_ port: Int) -> Void
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// Its event loop, for measuring how late it runs timers.
  public var eventLoops: any EventLoopGroup { group }

  /// - Parameters:
  ///   - address: what to bind, for example 127.0.0.1 or ::.
  ///   - port: 0 for one that is free.
  ///   - pages: what answers; another path is a 404, another method than GET and HEAD a 405.
  ///   - limits: what a stranger can take.
  ///   - logger: told once that it listens, and of failures.
  ///   - onListening: called with the port once connections are accepted.
  public init(
    address: String, port: Int, pages: [Page], limits: ServerLimits = ServerLimits(), logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) {
    self.address = address
    self.port = port
    router = Router(pages)
    self.limits = limits
    self.logger = logger
    self.onListening = onListening
  }

  /// - Throws: `ListenError` where the address or port cannot be had.
  public func run() async throws {
    let loop = group.next()
    do {
      let connections = try await loop.submit { NIOLoopBound(Connections(limits, on: loop), eventLoop: loop) }.get()
      let listener = try await listen(on: group, connections)
      let bound = listener.localAddress?.port ?? port
      logger.info("listening", metadata: ["address": "\(address)", "port": "\(bound)"])
      onListening(bound)
      // A cancelled task stops in the same way.
      try? await gracefulShutdown()
      try? await listener.close()
      try await loop.flatSubmit { connections.value.drain() }.get()
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    try await group.shutdownGracefully()
  }

  private func listen(on group: MultiThreadedEventLoopGroup, _ connections: NIOLoopBound<Connections>) async throws
    -> any Channel
  {
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: Self.backlogConnections)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try configure(channel, connections.value) }
      }
    do {
      return try await bootstrap.bind(host: address, port: port).get()
    } catch {
      throw ListenError(address: address, port: port, reason: Self.reason(of: error))
    }
  }

  private func configure(_ channel: any Channel, _ connections: Connections) throws {
    var decoding = NIOHTTPDecoderLimitConfiguration()
    decoding.maxHeaderFieldSize = limits.maximumHeaderFieldBytes
    decoding.maxHeaderListSize = limits.maximumHeaderBytes
    decoding.maxHeaderFieldCount = limits.maximumHeaderFields
    // NIO would frame an answer to HEAD that names no length as if it had a body.
    var framing = HTTPResponseEncoder.Configuration()
    framing.automaticallySetFramingHeaders = false
    try channel.pipeline.syncOperations.addHandlers([
      HTTPResponseEncoder(configuration: framing),
      ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: decoding)),
      HTTPServerPipelineHandler(),
      ConnectionHandler(router, limits, connections, logger),
    ])
  }

  private static let backlogConnections: Int32 = 128

  private static func reason(of error: any Error) -> String {
    (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
  }
}

/// An address that cannot be listened on.
public struct ListenError: Error, CustomStringConvertible, Equatable {
  /// As it was to be bound.
  public let address: String
  /// As it was to be bound; 0 for one that is free.
  public let port: Int
  /// The system's words for its error number, or the resolver's error.
  public let reason: String

  public var description: String { "cannot listen on \(address):\(port): \(reason)" }
}
