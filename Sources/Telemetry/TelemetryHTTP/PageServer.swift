import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// `GET /metrics` and its few neighbours over HTTP/1.1: what an exporter needs and no more. On one event loop.
///
/// On graceful shutdown it stops accepting, finishes the requests under way within
/// `ServerLimits.shutdownTimeoutSeconds`, and returns.
public struct PageServer: Service {
  private let addresses: [ListenAddress]
  private let inherited: [CInt]
  private let security: (any PageSecurity)?
  private let router: Router
  private let limits: ServerLimits
  private let logger: Logger
  /// Called with the port once connections are accepted.
  public var onListening: @Sendable (_ port: Int) -> Void
  private let group: any EventLoopGroup
  private let ownsGroup: Bool

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
    self.init(
      addresses: [ListenAddress(host: address, port: port)], pages: pages, limits: limits, logger: logger,
      onListening: onListening)
  }

  /// The same on several addresses at once.
  /// - Parameters:
  ///   - security: what every connection and request must pass; nil: everybody may ask, in the clear.
  ///   - inherited: sockets that somebody else listens on already, as a service manager does; they are closed in the end.
  ///   - eventLoops: one of them is used; they outlive the server. nil: a thread of its own.
  public init(
    addresses: [ListenAddress], inherited: [CInt] = [], pages: [Page], security: (any PageSecurity)? = nil,
    limits: ServerLimits = ServerLimits(), eventLoops: (any EventLoopGroup)? = nil, logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) {
    self.addresses = addresses
    self.inherited = inherited
    self.security = security
    router = Router(pages, security: security)
    self.limits = limits
    group = eventLoops ?? MultiThreadedEventLoopGroup(numberOfThreads: 1)
    ownsGroup = eventLoops == nil
    self.logger = logger
    self.onListening = onListening
  }

  /// - Throws: `ListenError` where the address or port cannot be had.
  public func run() async throws {
    let loop = group.next()
    do {
      let connections = try await loop.submit { NIOLoopBound(Connections(limits, on: loop), eventLoop: loop) }.get()
      let listeners = try await listen(connections, on: loop)
      for (place, listener) in zip(inherited.map { "descriptor \($0)" } + addresses.map(\.host), listeners) {
        let bound = listener.localAddress?.port.map { "\($0)" } ?? ""
        logger.info("listening", metadata: ["address": "\(place)", "port": "\(bound)"])
      }
      onListening(listeners.first?.localAddress?.port ?? 0)
      // A cancelled task stops in the same way.
      try? await gracefulShutdown()
      for listener in listeners { try? await listener.close() }
      try await loop.flatSubmit { connections.value.drain() }.get()
    } catch {
      if ownsGroup { try? await group.shutdownGracefully() }
      throw error
    }
    if ownsGroup { try await group.shutdownGracefully() }
  }

  private func listen(
    _ connections: NIOLoopBound<Connections>, on loop: any EventLoop
  ) async throws -> [any Channel] {
    let bootstrap = ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: Self.backlogConnections)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelInitializer { channel in
        guard let security else {
          return channel.eventLoop.makeCompletedFuture { try configure(channel, connections.value) }
        }
        return channel.eventLoop.makeFutureWithTask { try await security.connecting() }.flatMapThrowing { secure in
          try secure(channel)
          try configure(channel, connections.value)
        }
      }
    var listeners: [any Channel] = []
    for descriptor in inherited { listeners.append(try await bootstrap.withBoundSocket(descriptor).get()) }
    for address in addresses {
      do {
        listeners.append(try await Self.bind(address, bootstrap))
      } catch {
        for listener in listeners { try? await listener.close() }
        throw ListenError(address: address.host, port: address.port, reason: Self.reason(of: error))
      }
    }
    return listeners
  }

  private static func bind(_ address: ListenAddress, _ bootstrap: ServerBootstrap) async throws -> any Channel {
    guard address.host.isEmpty else { return try await bootstrap.bind(host: address.host, port: address.port).get() }
    do {
      // Takes IPv4 too, unless the machine says otherwise (ipv6(7), bindv6only).
      return try await bootstrap.bind(host: "::", port: address.port).get()
    } catch let error as IOError where error.errnoCode == EAFNOSUPPORT || error.errnoCode == EADDRNOTAVAIL {
      return try await bootstrap.bind(host: "0.0.0.0", port: address.port).get()
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

  public var description: String { "cannot listen on \(ListenAddress(host: address, port: port)): \(reason)" }
}
