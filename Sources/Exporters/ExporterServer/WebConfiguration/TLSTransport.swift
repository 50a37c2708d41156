import Glibc
import NIOCore
import NIOSSL
import NIOTLS
import Settings

/// TLS in front of a connection's HTTP, ready to be used: certificate and key are read and belong together.
struct TLSTransport: Sendable {
  private let context: NIOSSLContext
  private let acceptsAnyCertificate: Bool
  private let allowedClientNames: Set<String>?

  /// Reads the files; blocks.
  init(_ settings: TLSSettings) throws(WebConfigurationError) {
    do {
      let chain = try NIOSSLCertificate.fromPEMBytes(try Self.bytes(settings.certificate))
      let key = try NIOSSLPrivateKey(bytes: try Self.bytes(settings.key), format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      configuration.minimumTLSVersion = settings.versions.lowerBound.version
      configuration.maximumTLSVersion = settings.versions.upperBound.version
      if let ciphers = settings.ciphers, !ciphers.isEmpty { configuration.cipherSuiteValues = ciphers }
      if let curves = settings.curves { configuration.curves = curves }
      if let authority = settings.clientAuthority {
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(try Self.bytes(authority)))
      }
      configuration.certificateVerification = settings.clientAuth.verification
      configuration.applicationProtocols = ["http/1.1"]
      context = try NIOSSLContext(configuration: configuration)
    } catch let error as WebConfigurationError {
      throw error
    } catch {
      throw WebConfigurationError("tls_server_config: certificado y clave no sirven: \(error)")
    }
    acceptsAnyCertificate = settings.clientAuth == .request || settings.clientAuth == .requireAny
    allowedClientNames = settings.allowedClientNames
  }

  private static func bytes(_ source: TLSSettings.Source) throws(WebConfigurationError) -> [UInt8] {
    switch source {
    case .text(let text): return Array(text.utf8)
    case .file(let path):
      do throws(FileError) {
        return try FileReader.bytes(of: path)
      } catch {
        throw WebConfigurationError("no se puede leer \(path): \(error)")
      }
    }
  }

  /// On the connection's event loop.
  func addHandlers(to channel: any Channel) throws {
    let handlers = channel.pipeline.syncOperations
    try handlers.addHandler(PlainHTTPRefusal())
    if acceptsAnyCertificate {
      try handlers.addHandler(
        NIOSSLServerHandler(context: context, customVerificationCallback: { $1.succeed(.certificateVerified) }))
    } else {
      try handlers.addHandler(NIOSSLServerHandler(context: context))
    }
    if let allowedClientNames { try handlers.addHandler(ClientNameCheck(allowedClientNames)) }
  }
}

extension TLSSettings.ClientAuth {
  /// Whether a certificate is asked for, and must be there. What is merely asked for, nobody verifies.
  var verification: CertificateVerification {
    switch self {
    case .none: .none
    case .request, .verifyIfGiven: .optionalVerification
    case .requireAny, .requireAndVerify: .noHostnameVerification
    }
  }
}

/// Tells who speaks HTTP to a TLS port so, as Go's net/http does.
private final class PlainHTTPRefusal: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let beginnings: Set<String> = ["GET /", "HEAD ", "POST ", "PUT /", "OPTIO"]
  private static let answer =
    "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    if let beginning = buffer.getString(at: buffer.readerIndex, length: 5), Self.beginnings.contains(beginning) {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: Self.answer))).assumeIsolated().whenComplete { _ in
        context.close(promise: nil)
      }
    } else {
      context.fireChannelRead(data)
      // What comes next is TLS as well.
      context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
  }
}

/// `client_allowed_sans`: closes the connection of a client none of whose certificate's names is allowed. A client
/// without a certificate has none to be checked: whether it may come is up to `client_auth_type`.
private final class ClientNameCheck: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let allowed: Set<String>

  init(_ allowed: Set<String>) { self.allowed = allowed }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted = event as? TLSUserEvent,
      let certificate = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self).peerCertificate,
      allowed.isDisjoint(with: Self.names(certificate))
    {
      return context.close(promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }

  private static func names(_ certificate: NIOSSLCertificate) -> [String] {
    certificate._subjectAlternativeNames().compactMap { name in
      name.contents.withUnsafeBufferPointer { bytes in
        switch name.nameType {
        case .dnsName, .email, .uri: String(decoding: bytes, as: UTF8.self)
        case .ipAddress: address(bytes)
        default: nil
        }
      }
    }
  }

  private static func address(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
      let family = bytes.count == 4 ? AF_INET : AF_INET6
      guard let start = text.baseAddress,
        inet_ntop(family, bytes.baseAddress, start, socklen_t(text.count)) != nil
      else { return nil }
      return String(cString: start)
    }
  }
}
