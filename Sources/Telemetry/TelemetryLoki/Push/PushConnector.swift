import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Opens connections to the receiver.
struct PushConnector {
  private let endpoint: PushEndpoint
  private let limits: LokiLimits
  private let trustedCertificatesFile: String?
  private var tls: NIOSSLContext?

  init(_ configuration: LokiConfiguration) {
    endpoint = configuration.endpoint
    limits = configuration.limits
    trustedCertificatesFile = configuration.trustedCertificatesFile
  }

  /// Fails with `PushError`.
  mutating func connect(on loop: any EventLoop) -> EventLoopFuture<any Channel> {
    let tls: NIOSSLContext?
    do {
      tls = try context()
    } catch {
      return loop.makeFailedFuture(PushError(description: "cannot begin TLS: \(Self.text(error))"))
    }
    let host = endpoint.host
    return ClientBootstrap(group: loop)
      .connectTimeout(.seconds(fromDouble: limits.connectTimeoutSeconds))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: Self.serverName(host))
            try channel.pipeline.syncOperations.addHandler(handler)
          }
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(PushExchangeHandler())
        }
      }
      .connect(host: host, port: endpoint.port)
      .flatMapErrorThrowing { throw PushError(description: Self.text($0)) }
  }

  /// Made once: it reads the trusted certificates.
  private mutating func context() throws -> NIOSSLContext? {
    guard endpoint.isEncrypted else { return nil }
    if let tls { return tls }
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let trustedCertificatesFile { configuration.trustRoots = .file(trustedCertificatesFile) }
    let context = try NIOSSLContext(configuration: configuration)
    tls = context
    return context
  }

  /// An address has no name to send; its certificate must name the address itself.
  private static func serverName(_ host: String) -> String? {
    (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
  }

  /// An error in words, which hold nothing of a request.
  static func text(_ error: any Error) -> String {
    switch error {
    case let error as PushError: error.description
    case let error as IOError: String(cString: strerror(error.errnoCode))
    case let error as NIOConnectionError: error.connectionErrors.first.map { text($0.error) } ?? "no such host"
    case is HTTPParserError: "the answer is no HTTP"
    case ChannelError.connectTimeout: "no connection in time"
    default: "\(error)"
    }
  }
}

extension TimeAmount {
  /// Between nothing and a year.
  static func seconds(fromDouble seconds: Double) -> TimeAmount {
    .nanoseconds(Int64(min(max(0, seconds), 31_536_000) * 1e9))
  }
}
