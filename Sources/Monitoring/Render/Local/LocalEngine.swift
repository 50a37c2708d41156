import Topology

/// One stack under supervisord, as everything that the local engine needs written below `<state>/config/`.
package struct LocalEngine: Sendable {
  package let stack: Stack
  package let layout: LocalLayout
  /// Variables that are no secrets, by name; empty means not set.
  package let values: [String: String]
  /// `DATABASE_URL` names a server of somebody else's: none is started here.
  package let hasExternalDatabase: Bool
  /// `REDIS_URL` likewise.
  package let hasExternalRedis: Bool
  /// Optional secrets that the operator did not give: there is no file of theirs to name.
  package let absentSecrets: Set<Variable>
  package let monitoring: [RenderedFile]

  package init(
    stack: Stack, layout: LocalLayout, values: [String: String], hasExternalDatabase: Bool,
    hasExternalRedis: Bool = false, absentSecrets: Set<Variable> = [], monitoring: [RenderedFile]
  ) {
    self.stack = stack
    self.layout = layout
    self.values = values
    self.hasExternalDatabase = hasExternalDatabase
    self.hasExternalRedis = hasExternalRedis
    self.absentSecrets = absentSecrets
    self.monitoring = monitoring
  }

  /// In the order in which they are started.
  var processes: [PlatformProcess] {
    Platform.processes.filter { process in
      switch process.name {
      case Platform.postgres.name: !hasExternalDatabase
      case Platform.redis.name: !hasExternalRedis
      default: true
      }
    }
  }

  package func files() throws -> [RenderedFile] {
    var files = monitoring
    files.append(try SupervisorConfiguration(engine: self).file())
    files.append(NginxConfiguration(engine: self).file())
    files.append(ProgramList(engine: self).file())
    if !hasExternalDatabase { files += PostgresConfiguration(engine: self).files() }
    if !hasExternalRedis { files += RedisConfiguration(engine: self).files() }
    return files
  }

  /// The path of a monitoring file, for a program's flag. A missing one is a mistake of ours, seen at the first start.
  func configurationPath(endingWith suffix: String) -> String {
    layout.configuration + "/" + (monitoring.first { $0.path.hasSuffix(suffix) }?.path ?? suffix)
  }

  /// What a process of ours is given.
  func variables(of process: PlatformProcess) -> [Variable] {
    process.variables.filter { !absentSecrets.contains($0) }
  }

  /// The value of a variable for one of our processes: the operator's, the engine's, or the variable's default.
  func value(of variable: Variable) -> String {
    if let value = values[variable.name], !value.isEmpty { return value }
    switch variable {
    case Variables.logDirectory: return layout.logs
    case Variables.assetsDirectory: return layout.swaggerUI
    default: return variable.defaultValue ?? ""
    }
  }
}

/// A value that a generated file cannot carry.
package struct LocalEngineError: Error, CustomStringConvertible {
  package let description: String
}
