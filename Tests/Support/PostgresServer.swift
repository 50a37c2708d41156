import Foundation
import Synchronization

/// A real PostgreSQL 15 of the test's own, on 127.0.0.1 and a Unix socket. It ends with the test process at the latest.
///
/// Over TCP it wants the password, over the socket nobody is asked for one.
package final class PostgresServer: Sendable {
  package static let binaries = "/usr/lib/postgresql/15/bin"
  package static let superuser = "postgres"
  package static let password = "s3cr3t-of-the-tests"
  static let startTimeout = Duration.seconds(30)

  package let port: Int
  /// Holds the data, the socket and `postgres.log`.
  package let directory: TemporaryDirectory
  private let settings: [String: String]
  private let process = Mutex<ServerProcess?>(nil)
  private static let common = SharedServer()

  /// A new server. `settings` as in `postgresql.conf`.
  package static func start(settings: [String: String] = [:]) async throws -> PostgresServer {
    let server = try PostgresServer(settings)
    try await server.initialize()
    try await server.start()
    return server
  }

  /// One for the whole test process: for tests that neither stop nor pause it. Make a database of your own in it.
  package static func shared() async throws -> PostgresServer { try await common.server() }

  private init(_ settings: [String: String]) throws {
    port = try FreePorts.next()
    directory = try TemporaryDirectory("pg")
    self.settings = [
      "fsync": "off", "full_page_writes": "off", "listen_addresses": "127.0.0.1", "port": "\(port)",
      "unix_socket_directories": directory.path, "max_connections": "100", "shared_buffers": "32MB",
      "log_min_messages": "warning",
    ].merging(settings) { $1 }
  }

  /// `postgresql://…` over TCP. User and password default to the superuser's.
  package func url(
    user: String = superuser, password: String = password, database: String = "postgres"
  ) -> String {
    "postgresql://\(user):\(password)@127.0.0.1:\(port)/\(database)"
  }

  /// A new, empty database; the name is made up unless given.
  package func createDatabase(_ name: String? = nil) async throws -> String {
    let name = name ?? "test_\(UInt32.random(in: 0...UInt32.max))"
    try await psql("CREATE DATABASE \(name)")
    return name
  }

  /// Runs SQL as the superuser, over a session of psql's, and returns its rows, unaligned.
  @discardableResult
  package func psql(_ sql: String, database: String = "postgres") async throws -> String {
    let text = try await Subprocess.check(
      ["\(Self.binaries)/psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-h", directory.path, "-p", "\(port)"]
        + ["-U", Self.superuser, "-d", database, "-c", sql])
    return text.trimmingCharacters(in: .newlines)
  }

  /// Starts it again after `stop` or `kill`, and waits until it accepts connections.
  package func start() async throws {
    let arguments = settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
    let started = try await ServerProcess(
      "postgres", ["\(Self.binaries)/postgres", "-D", directory.file("data")] + arguments, in: directory,
      unprivileged: true)
    process.withLock { $0 = started }
    let end = ContinuousClock.now + Self.startTimeout
    while try await !isReady() {
      guard started.isRunning, .now < end else {
        let log = try? String(contentsOfFile: directory.file("postgres.log"), encoding: .utf8)
        throw TestSupportError("PostgreSQL does not start: \(log ?? "")")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// A fast shutdown: sessions are told and ended.
  package func stop() async throws { try await take()?.stop(SIGINT) }

  /// As a crash of the machine.
  package func kill() async throws { try await take()?.killTree() }

  /// Accepts connections in the kernel and answers nothing, until `resume`.
  package func pause() { process.withLock { $0?.signalTree(SIGSTOP) } }

  package func resume() { process.withLock { $0?.signalTree(SIGCONT) } }

  private func take() -> ServerProcess? {
    process.withLock { process in
      defer { process = nil }
      return process
    }
  }

  private func isReady() async throws -> Bool {
    let output = try await Subprocess.run(
      ["\(Self.binaries)/pg_isready", "-q", "-h", directory.path, "-p", "\(port)"])
    return output.status == 0
  }

  private func initialize() async throws {
    let password = try directory.write(Self.password, to: "password")
    try await Subprocess.check(
      UnprivilegedUser.prefix + ["\(Self.binaries)/initdb", "-D", directory.file("data"), "-U", Self.superuser]
        + ["--pwfile", password, "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"]
        + ["--encoding=UTF8", "--locale=C.UTF-8"])
  }
}

/// Starts the common server once.
private actor SharedServer {
  private var starting: Task<PostgresServer, any Error>?

  func server() async throws -> PostgresServer {
    let task = starting ?? Task { try await PostgresServer.start() }
    starting = task
    return try await task.value
  }
}
