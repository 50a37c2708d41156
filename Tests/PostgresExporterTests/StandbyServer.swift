import Foundation
import TestSupport

/// A replica of a test's server, streaming through a slot.
final class StandbyServer: Sendable {
  let port: Int
  private let directory: TemporaryDirectory
  private let process: ServerProcess

  init(of primary: PostgresServer, slot: String) async throws {
    port = try FreePorts.next()
    directory = try TemporaryDirectory("standby")
    let data = directory.file("data")
    try await primary.psql("SELECT pg_reload_conf()")
    try await Subprocess.check(
      UnprivilegedUser.prefix + ["\(PostgresServer.binaries)/pg_basebackup"]
        + ["-h", primary.directory.path, "-p", "\(primary.port)", "-U", PostgresServer.superuser]
        + ["-D", data, "-R", "-C", "-S", slot, "-X", "stream", "-c", "fast", "--no-sync"])
    process = try await ServerProcess(
      "standby",
      ["\(PostgresServer.binaries)/postgres", "-D", data, "-c", "port=\(port)", "-c", "hot_standby=on"]
        + ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=\(directory.path)"],
      in: directory, unprivileged: true)
    _ = try await eventually {
      let output = try await Subprocess.run(
        ["\(PostgresServer.binaries)/pg_isready", "-q", "-h", "127.0.0.1", "-p", "\(port)"])
      return output.status == 0 ? true : nil
    }
  }

  var url: String {
    "postgresql://\(PostgresServer.superuser):\(PostgresServer.password)@127.0.0.1:\(port)/postgres"
  }
}
