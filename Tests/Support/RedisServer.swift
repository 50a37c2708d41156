import Foundation
import Synchronization

/// A real Redis 7 of the test's own, on 127.0.0.1 and a Unix socket, without anything on disk. It ends with the test
/// process at the latest.
package final class RedisServer: Sendable {
  package static let binary = "/usr/bin/redis-server"
  static let startTimeout = Duration.seconds(20)

  package let port: Int
  /// Holds the socket and `redis.log`.
  package let directory: TemporaryDirectory
  private let settings: [String: String]
  private let password: String?
  private let isSentinel: Bool
  private let process = Mutex<ServerProcess?>(nil)

  /// - Parameters:
  ///   - settings: as in `redis.conf`.
  ///   - password: of the default user.
  ///   - isSentinel: the settings are those of a Sentinel.
  ///   - waits: until it answers with something else than `LOADING`.
  package static func start(
    _ settings: [String: String] = [:], password: String? = nil, isSentinel: Bool = false, waits: Bool = true
  ) async throws -> RedisServer {
    let server = try RedisServer(settings, password: password, isSentinel: isSentinel)
    try await server.start(waits: waits)
    return server
  }

  private init(_ settings: [String: String], password: String?, isSentinel: Bool) throws {
    port = try FreePorts.next()
    directory = try TemporaryDirectory("redis")
    self.password = password
    self.isSentinel = isSentinel
    var all = [
      "port": "\(port)", "bind": "127.0.0.1", "dir": directory.path, "unixsocket": directory.file("redis.sock"),
      "enable-debug-command": "yes", "save": "", "appendonly": "no",
    ]
    if isSentinel { all = ["port": "\(port)", "bind": "127.0.0.1", "dir": directory.path] }
    all["requirepass"] = password
    self.settings = all.merging(settings) { $1 }
  }

  package var socket: String { directory.file("redis.sock") }

  /// `redis://…` over TCP.
  package func url(user: String? = nil, password: String? = nil, database: Int = 0) -> String {
    let credentials = password.map { "\(user ?? ""):\($0)@" } ?? ""
    return "redis://\(credentials)127.0.0.1:\(port)/\(database)"
  }

  /// Runs a command with redis-cli, as the default user, and returns what it prints.
  @discardableResult
  package func cli(_ words: String..., database: Int = 0) async throws -> String {
    let access = password.map { ["-a", $0, "--no-auth-warning"] } ?? []
    let output = try await Subprocess.run(
      ["/usr/bin/redis-cli", "-h", "127.0.0.1", "-p", "\(port)", "-n", "\(database)"] + access + words)
    return output.standardOutput.trimmingCharacters(in: .newlines)
  }

  /// Starts it again after `stop` or `kill`.
  package func start(waits: Bool = true) async throws {
    let file = try directory.write(
      settings.sorted { $0.key < $1.key }.flatMap { key, value in
        // A directive that may stand there several times has its lines in one value.
        value.split(separator: "\n", omittingEmptySubsequences: false).map { line in
          "\(key) \(line.isEmpty ? "\"\"" : String(line))\n"
        }
      }.joined(), to: "redis.conf")
    if isSentinel { chmod(file, 0o666) }
    let arguments = isSentinel ? [file, "--sentinel"] : [file]
    let started = try await ServerProcess(
      "redis", [Self.binary] + arguments, in: directory, unprivileged: true)
    process.withLock { $0 = started }
    let end = ContinuousClock.now + Self.startTimeout
    while waits, try await cli("PING").contains("PONG") == false {
      guard started.isRunning, .now < end else {
        let log = try? String(contentsOfFile: directory.file("redis.log"), encoding: .utf8)
        throw TestSupportError("Redis does not start: \(log ?? "")")
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  package func stop() async throws { try await take()?.stop() }

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
}
