import TestSupport
import Testing

@testable import Redis

@Suite("RedisConnection, on a real server")
struct RedisConnectionTests {
  private static var soon: ContinuousClock.Instant { .now + .seconds(10) }

  @Test("commands that travel together have their replies in order, errors among them")
  func pipeline() async throws {
    let server = try await RedisServer.start()
    let connection = try await RedisConnection.connect(try RedisConfiguration(url: server.url()), deadline: Self.soon)
    let results = await connection.pipeline(
      [
        RedisCommand("SET", "a", "1"), RedisCommand("INCR", "a"), RedisCommand("LPUSH", "a", "x"),
        RedisCommand("GET", "nothing"), RedisCommand("ECHO", "ñ"), RedisCommand("LRANGE", "none", "0", "-1"),
      ], deadline: Self.soon)
    #expect(try results[0].get().string == "OK")
    #expect(try results[1].get().integer == 2)
    #expect(throws: RedisError.self) { try results[2].get() }
    #expect(try results[3].get().isNull)
    #expect(try results[4].get().string == "ñ")
    #expect(try results[5].get().elements.count == 0)
    await connection.close()
    #expect(!connection.isUsable)
    let after = await connection.pipeline([RedisCommand("PING")], deadline: Self.soon)
    #expect(after.count == 1 && (try? after[0].get()) == nil)
  }

  @Test("many callers at once have each their own replies")
  func concurrency() async throws {
    let server = try await RedisServer.start()
    let connection = try await RedisConnection.connect(try RedisConfiguration(url: server.url()), deadline: Self.soon)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          let reply = try await connection.send(RedisCommand("ECHO", "\(number)"), deadline: Self.soon)
          #expect(reply.string == "\(number)")
        }
      }
      try await group.waitForAll()
    }
    await connection.close()
  }

  @Test("one that nobody has any more is closed")
  func letGo() async throws {
    let server = try await RedisServer.start()
    var configuration = try RedisConfiguration(url: server.url())
    configuration.clientName = "a-test"
    var connection: RedisConnection? = try await RedisConnection.connect(configuration, deadline: Self.soon)
    #expect(try await connection?.send(RedisCommand("PING"), deadline: Self.soon).string == "PONG")
    #expect(try await server.cli("CLIENT", "LIST").contains("a-test"))
    connection = nil
    let end = Self.soon
    while try await server.cli("CLIENT", "LIST").contains("a-test"), .now < end {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await !server.cli("CLIENT", "LIST").contains("a-test"))
  }

  @Test("a large reply comes whole, and one beyond the limit ends the connection")
  func sizes() async throws {
    let server = try await RedisServer.start()
    try await server.cli("EVAL", "redis.call('SET', 'big', string.rep('x', 3000000))", "0")
    var configuration = try RedisConfiguration(url: server.url())
    let connection = try await RedisConnection.connect(configuration, deadline: Self.soon)
    let reply = try await connection.send(RedisCommand("GET", "big"), deadline: Self.soon)
    #expect(reply.withBytes { $0.count } == 3_000_000)
    await connection.close()
    configuration.maximumReplyBytes = 1_000_000
    let small = try await RedisConnection.connect(configuration, deadline: Self.soon)
    let error = await #expect(throws: RedisError.self) {
      try await small.send(RedisCommand("GET", "big"), deadline: Self.soon)
    }
    #expect(error?.kind == .protocolViolation)
    #expect(!small.isUsable)
  }

  @Test("users, passwords, databases, names and sockets")
  func introduction() async throws {
    let server = try await RedisServer.start(["user": "ana on >s3cret +@all ~*"], password: "root-of-tests")
    try await server.cli("SET", "here", "5", database: 3)
    var configuration = try RedisConfiguration(url: server.url(user: "ana", password: "s3cret", database: 3))
    configuration.clientName = "a-test"
    let connection = try await RedisConnection.connect(configuration, deadline: Self.soon)
    #expect(try await connection.send(RedisCommand("GET", "here"), deadline: Self.soon).string == "5")
    #expect(try await connection.send(RedisCommand("ACL", "WHOAMI"), deadline: Self.soon).string == "ana")
    #expect(try await connection.send(RedisCommand("CLIENT", "GETNAME"), deadline: Self.soon).string == "a-test")
    await connection.close()
    let socket = try RedisConfiguration(url: "unix://:root-of-tests@\(server.socket)?db=3")
    let local = try await RedisConnection.connect(socket, deadline: Self.soon)
    #expect(try await local.send(RedisCommand("GET", "here"), deadline: Self.soon).string == "5")
    await local.close()
  }

  @Test(
    "who may not come in is told so, without the password",
    arguments: [("wrong-secret", "WRONGPASS"), (nil, "NOAUTH")] as [(String?, String)])
  func refusal(password: String?, code: String) async throws {
    let server = try await RedisServer.start(password: "right-secret")
    var configuration = try RedisConfiguration(url: server.url(password: password))
    configuration.clientName = "a-test"
    let error = await #expect(throws: RedisError.self) {
      try await RedisConnection.connect(configuration, deadline: Self.soon)
    }
    #expect(error?.code == code)
    #expect(error?.description.contains("secret") == false)
  }

  @Test("TLS with an authority and a client certificate; without them no connection")
  func encryption() async throws {
    let files = try await Certificates.make()
    let tlsPort = try FreePorts.next()
    let server = try await RedisServer.start([
      "tls-port": "\(tlsPort)", "tls-cert-file": files.file("server.pem"), "tls-key-file": files.file("server.key"),
      "tls-ca-cert-file": files.file("ca.pem"), "tls-auth-clients": "yes",
    ])
    let url = "rediss://localhost:\(tlsPort)"
    let full = RedisConfiguration.TLS(
      authorityFile: files.file("ca.pem"), certificateFile: files.file("client.pem"),
      keyFile: files.file("client.key"))
    let connection = try await RedisConnection.connect(
      try RedisConfiguration(url: url, tls: full), deadline: Self.soon)
    #expect(try await connection.send(RedisCommand("PING"), deadline: Self.soon).string == "PONG")
    await connection.close()
    var unknown = full
    unknown.authorityFile = nil
    var anonymous = full
    (anonymous.certificateFile, anonymous.keyFile) = (nil, nil)
    for tls in [unknown, anonymous] {
      await #expect(throws: RedisError.self) {
        let connection = try await RedisConnection.connect(
          try RedisConfiguration(url: url, tls: tls), deadline: Self.soon)
        _ = try await connection.send(RedisCommand("PING"), deadline: Self.soon)
      }
    }
    unknown.skipsVerification = true
    let careless = try await RedisConnection.connect(
      try RedisConfiguration(url: url, tls: unknown), deadline: Self.soon)
    #expect(try await careless.send(RedisCommand("PING"), deadline: Self.soon).string == "PONG")
    await careless.close()
    try await server.stop()
  }
}

/// An authority and what it signed, made with openssl(1).
enum Certificates {
  static func make() async throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory("tls")
    let key = ["-newkey", "rsa:2048", "-nodes"]
    let openssl = "/usr/bin/openssl"
    try await Subprocess.check(
      [openssl, "req", "-x509", "-days", "2", "-subj", "/CN=tests", "-keyout", directory.file("ca.key")] + key
        + ["-out", directory.file("ca.pem")])
    for name in ["server", "client"] {
      try await Subprocess.check(
        [openssl, "req", "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost"] + key
          + ["-keyout", directory.file("\(name).key"), "-out", directory.file("\(name).csr")])
      try await Subprocess.check([
        openssl, "x509", "-req", "-days", "2", "-in", directory.file("\(name).csr"), "-copy_extensions", "copy", "-CA",
        directory.file("ca.pem"), "-CAkey", directory.file("ca.key"), "-CAcreateserial", "-out",
        directory.file("\(name).pem"),
      ])
    }
    // The server runs as somebody else.
    try await Subprocess.check(["/bin/sh", "-c", "chmod 644 \(directory.path)/*"])
    return directory
  }
}
