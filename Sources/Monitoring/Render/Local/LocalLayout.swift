import Topology

/// Where the local engine keeps what, and whose it is. `deploy/local/state.sh` makes these directories.
package struct LocalLayout: Sendable {
  package let stateDirectory: String
  /// Unix sockets: below the state directory, or elsewhere where that path would be too long for a socket.
  package let socketDirectory: String
  /// As root, who everything but supervisord runs as; nil: the operator's own user, for everything.
  package let serviceUser: String?
  /// The system user that is PostgreSQL's superuser through its socket.
  package let databaseUser: String

  package init(stateDirectory: String, socketDirectory: String, serviceUser: String?, databaseUser: String) {
    self.stateDirectory = stateDirectory
    self.socketDirectory = socketDirectory
    self.serviceUser = serviceUser
    self.databaseUser = databaseUser
  }

  var binaries: String { stateDirectory + "/bin" }
  var configuration: String { stateDirectory + "/config" }
  var logs: String { stateDirectory + "/logs" }
  /// Written by supervisord, which may be root: the service user cannot write into this directory.
  var supervisorLogs: String { logs + "/supervisor" }
  var run: String { stateDirectory + "/run" }
  /// supervisord's own, which names the parent of every program.
  var supervisorPid: String { run + "/supervisord.pid" }
  /// Where scripts leave what node-exporter exports for them.
  var textfiles: String { stateDirectory + "/textfile" }
  var swaggerUI: String { stateDirectory + "/assets/swagger-ui" }
  var supervisorSocket: String { socketDirectory + "/supervisor.sock" }
  var postgresSockets: String { socketDirectory + "/postgres" }

  func data(of process: PlatformProcess) -> String { "\(stateDirectory)/data/\(process.name)" }

  /// `deploy/local/enter-group.sh`, as it lies beside the executables.
  static let enterGroup = "enter-group.sh"
  /// Of one program of this stack, below every hierarchy of control groups: two stacks do not share any.
  func controlGroup(of process: PlatformProcess) -> String {
    let stack = stateDirectory.split(separator: "/").joined(separator: "-").suffix(Self.maximumGroupNameCharacters)
    return "minimarket-\(stack)/\(process.name)"
  }
  /// A file name has at most 255 bytes.
  private static let maximumGroupNameCharacters = 50

  /// Relative to the state directory: an address is of one process alone, every other secret is the platform's.
  func secret(_ variable: Variable, of process: PlatformProcess) -> String {
    Variables.addresses.contains(variable)
      ? "secrets/\(process.name).\(variable.name)" : "secrets/\(variable.name)"
  }

  /// Made by `deploy/local/redis.sh`: users with the digests of their passwords.
  static let redisUsers = "secrets/redis.acl"

  func password(of role: DatabaseRole) -> String { "\(stateDirectory)/secrets/\(role.name).password" }
}
