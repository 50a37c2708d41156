/// A user of the embedded Redis. An external one has users of its administrator's.
package struct RedisUser: Sendable {
  package enum Rights: Sendable, Equatable {
    /// The operator's and the deployment's own.
    case everything
    /// Reads the statistics of the server, and no key.
    case monitoring
    /// Adds to the streams below a prefix.
    case publisher(prefix: String)
  }

  package let name: String
  package let rights: Rights
  /// `PlatformProcess.name` of the only process that has its password, in its address; nil: no process has it.
  package let process: String?

  package init(_ name: String, _ rights: Rights, process: String? = nil) {
    self.name = name
    self.rights = rights
    self.process = process
  }
}

extension Platform {
  package static let redisUsers = [
    // Whoever gives no name.
    RedisUser("default", .everything),
    RedisUser("redis_exporter", .monitoring, process: redisExporter.name),
    RedisUser("deposito", .publisher(prefix: "minimarket:deposito:"), process: deposito.name),
  ]
}
