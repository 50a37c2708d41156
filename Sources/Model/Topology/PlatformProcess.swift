/// A process of the platform: adding one is adding a value here.
package struct PlatformProcess: Sendable {
  package enum Role: Sendable {
    /// Ours, answers HTTP to clients.
    case service
    /// Ours, answers Prometheus.
    case exporter
    /// Somebody else's: a database, a proxy, the monitoring.
    case infrastructure
  }

  /// The executable, the supervisor's program and the log file's stem.
  package let name: String
  package let role: Role
  package let port: Port
  /// nil where Prometheus does not scrape it.
  package let job: Job?
  /// Answers 2xx when the process is ready; nil where readiness is asked in another way (PostgreSQL, Redis).
  package let readinessPath: String?
  /// What must be ready before it is started.
  package let dependsOn: [String]
  /// The variables it reads, beside its port.
  package let variables: [Variable]
  /// What its `migrate` reads: the serving process does not get them.
  package let migrationVariables: [Variable]
  /// Who is called when it fails: the alerts' `team` label.
  package let team: Team
  package let limits: Limits

  package init(
    _ name: String, role: Role, port: Port, job: Job?, readinessPath: String?, dependsOn: [String] = [],
    variables: [Variable] = [], migrationVariables: [Variable] = [], team: Team, limits: Limits
  ) {
    self.name = name
    self.role = role
    self.port = port
    self.job = job
    self.readinessPath = readinessPath
    self.dependsOn = dependsOn
    self.variables = variables
    self.migrationVariables = migrationVariables
    self.team = team
    self.limits = limits
  }
}

package enum Team: String, Sendable, CaseIterable {
  case platform = "plataforma"
  case inventory = "inventario"
  case business = "negocio"
  case data = "datos"
}

/// What a process may take, and how long it may take to start and to stop.
package struct Limits: Sendable {
  package let cpuCores: Double
  package let memoryBytes: Int
  /// From the start to the first ready answer; then the deployment gives up and shows the log.
  package let startSeconds: Int
  /// Between SIGTERM and SIGKILL. Ours are gone within 10 s.
  package let stopSeconds: Int
  package init(cpuCores: Double, memoryMebibytes: Int, startSeconds: Int = 30, stopSeconds: Int = 12) {
    self.cpuCores = cpuCores
    self.memoryBytes = memoryMebibytes << 20
    self.startSeconds = startSeconds
    self.stopSeconds = stopSeconds
  }
}
