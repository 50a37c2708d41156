/// One running or committed copy of the platform: which engine carries it, and where everything answers.
package struct Stack: Sendable {
  package enum Engine: Sendable, Equatable {
    /// Compose service names on the containers' network; the versions that `docker-compose.*.yml` name.
    case docker
    /// Loopback addresses on one host; Debian 12's versions.
    case local
  }

  package let engine: Engine
  /// By `Port.name`; a port that is not here has its default number.
  package let ports: [String: Int]
  /// Where processes listen.
  package let bindAddress: String
  /// Base of the links to the runbooks, without a slash at the end.
  package let publicURL: String
  /// Base of the links to Grafana's dashboards; empty where there is no Grafana.
  package let grafanaURL: String
  /// Absolute; the local engine's data, logs, generated configuration, secrets and binaries.
  package let stateDirectory: String
  /// What a drill divides every wait of the monitoring by; 1 on a stack that works.
  package let timeDivisor: Int

  package init(
    engine: Engine, ports: [String: Int] = [:], bindAddress: String = "127.0.0.1",
    publicURL: String = "http://localhost", grafanaURL: String = "", stateDirectory: String = "",
    timeDivisor: Int = 1
  ) {
    self.engine = engine
    self.ports = ports
    self.bindAddress = bindAddress
    self.publicURL = publicURL
    self.grafanaURL = grafanaURL
    self.stateDirectory = stateDirectory
    self.timeDivisor = timeDivisor
  }

  /// What is committed: docker's rendering with every default.
  package static let committed = Stack(engine: .docker, bindAddress: "0.0.0.0", grafanaURL: "http://localhost:3000")

  /// Whether it waits for less than a stack that works.
  package var isHasty: Bool { timeDivisor > 1 }

  package func number(of port: Port) -> Int { ports[port.name] ?? port.number }

  /// Below the state directory: the divisor, where a drill brings the stack up. It stays the same at every `--restart`.
  package static let drillFile = "drill"

  /// `host:port` at which the other processes reach this one.
  package func address(of process: PlatformProcess) -> String {
    switch engine {
    case .docker: "\(process.name):\(process.port.number)"
    case .local: "127.0.0.1:\(number(of: process.port))"
    }
  }
}
