import NIOPosix
import NIOSSL

/// Where a server is and who we are there. However it is printed, dumped or reflected, the password is not shown.
package struct RedisConfiguration: Sendable {
  package enum Endpoint: Sendable, Hashable {
    case tcp(host: String, port: Int)
    /// A path.
    case unix(String)
  }

  /// What encrypts a connection. The files are PEM and are read anew for each connection.
  package struct TLS: Sendable, Hashable {
    /// nil for the certificates that the system trusts.
    package var authorityFile: String?
    package var certificateFile: String?
    package var keyFile: String?
    /// Talk to whoever answers: for tests of certificates alone.
    package var skipsVerification: Bool

    package init(
      authorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
      skipsVerification: Bool = false
    ) {
      self.authorityFile = authorityFile
      self.certificateFile = certificateFile
      self.keyFile = keyFile
      self.skipsVerification = skipsVerification
    }
  }

  package var endpoint: Endpoint
  /// nil for the server's default user.
  package var user: String?
  /// Without one nobody is asked to let us in.
  package var password: String?
  package var database: Int
  /// nil for a connection in the clear.
  package var tls: TLS?
  /// What `CLIENT LIST` shows. A server that refuses it is used all the same.
  package var clientName: String?
  package var maximumReplyBytes = Self.defaultMaximumReplyBytes
  package var maximumReplyElements = Self.defaultMaximumReplyElements

  package static let defaultPort = 6379
  package static let defaultMaximumReplyBytes = 64 << 20
  package static let defaultMaximumReplyElements = 1 << 20

  package init(
    _ endpoint: Endpoint, user: String? = nil, password: String? = nil, database: Int = 0, tls: TLS? = nil
  ) {
    self.endpoint = endpoint
    self.user = user
    self.password = password
    self.database = database
    self.tls = tls
  }

  /// `redis://host:port/db` or the socket's path: safe to log.
  package var address: String {
    switch endpoint {
    case .tcp(let host, let port):
      "\(tls == nil ? "redis" : "rediss")://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(database)"
    case .unix(let path): "unix://\(path)"
    }
  }

  /// Nothing where there is nothing to say.
  var introduction: [RedisCommand] {
    var commands: [RedisCommand] = []
    if let password { commands.append(RedisCommand(["AUTH"] + (user.map { [$0] } ?? []) + [password])) }
    if database != 0 { commands.append(RedisCommand("SELECT", "\(database)")) }
    if let clientName {
      commands.append(RedisCommand("CLIENT", "SETNAME", clientName, name: RedisConnection.setName))
    }
    return commands
  }

  /// The name that the certificate must have; an address has none.
  var serverName: String? {
    guard case .tcp(let host, _) = endpoint, host.contains(where: \.isLetter), !host.contains(":") else { return nil }
    return host
  }

  /// Reads the files on a thread of its own.
  func makeTLSContext() async throws(RedisError) -> NIOSSLContext? {
    guard let tls else { return nil }
    do {
      return try await NIOThreadPool.singleton.runIfActive { try tls.makeContext() }
    } catch {
      throw RedisError(.configuration, "the TLS files cannot be used: \(error)")
    }
  }

  /// Reads the TLS files once, blocking: whether a later connection could use them.
  package func checkTLSFiles() throws(RedisError) {
    do {
      _ = try tls?.makeContext()
    } catch {
      throw RedisError(.configuration, "the TLS files cannot be used: \(error)")
    }
  }
}

extension RedisConfiguration.TLS {
  fileprivate func makeContext() throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let authorityFile { configuration.trustRoots = .file(authorityFile) }
    if let certificateFile, let keyFile {
      configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) }
      configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem))
    }
    if skipsVerification { configuration.certificateVerification = .none }
    return try NIOSSLContext(configuration: configuration)
  }
}

extension RedisConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { address }
  package var debugDescription: String { address }
  package var customMirror: Mirror { Mirror(self, children: ["address": address]) }
}
