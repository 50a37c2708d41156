import ArgumentParser
import Foundation
import Render
import Topology

/// `observability render-local`: everything below `<state>/config/`. Called by `scripts/deploy.sh`, which has checked
/// the variables and passes those that are no secrets in the environment; webhooks are read from `<state>/secrets/`.
struct RenderLocal: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render-local",
    abstract: "Write the local engine's configuration (supervisord, nginx, PostgreSQL, Redis, Prometheus, …).")

  @Option(help: "The stack's state directory, absolute.")
  var stateDir: String

  @Option(help: "Directory of the Unix sockets (default: <state>/run).")
  var socketDir: String?

  @Option(help: "As root, the user that everything but supervisord runs as.")
  var serviceUser: String?

  @Option(help: "System user that owns the database (default: the service user).")
  var databaseUser: String?

  @Flag(help: "DATABASE_URL names a server of somebody else's: start none.")
  var externalDatabase = false

  @Flag(help: "REDIS_URL names a server of somebody else's: start none.")
  var externalRedis = false

  func validate() throws {
    guard stateDir.hasPrefix("/") else { throw ValidationError("--state-dir must be an absolute path") }
    guard serviceUser != nil || databaseUser != nil else {
      throw ValidationError("one of --service-user and --database-user is needed")
    }
  }

  func run() throws {
    let values = ProcessInfo.processInfo.environment
    let stack = try Self.stack(values: values, stateDirectory: stateDir)
    let secrets = MonitoringSecrets(
      slackWebhookURL: secret(Variables.slackWebhookURL), pageWebhookURL: secret(Variables.pageWebhookURL),
      remoteWriteURL: secret(Variables.remoteWriteURL))
    let layout = LocalLayout(
      stateDirectory: stateDir, socketDirectory: socketDir ?? stateDir + "/run", serviceUser: serviceUser,
      databaseUser: databaseUser ?? serviceUser ?? "")
    let engine = LocalEngine(
      stack: stack, layout: layout, values: values, hasExternalDatabase: externalDatabase,
      hasExternalRedis: externalRedis, absentSecrets: absentSecrets,
      monitoring: try LocalMonitoring.files(for: stack, secrets: secrets))
    try ConfigurationDirectory(path: stateDir + "/config").replace(with: try engine.files())
  }

  static func stack(values: [String: String], stateDirectory: String) throws -> Stack {
    var ports: [String: Int] = [:]
    for port in Port.all {
      guard let text = values[port.variable.name], !text.isEmpty else { continue }
      guard let number = Int(text), (1...65_535).contains(number) else {
        throw ValidationError("\(port.variable.name) is “\(text)”, which is not a port")
      }
      ports[port.name] = number
    }
    func value(_ variable: Variable) -> String {
      let text = values[variable.name] ?? ""
      return text.isEmpty ? variable.defaultValue ?? "" : text
    }
    return Stack(
      engine: .local, ports: ports, bindAddress: value(Variables.bindAddress), publicURL: value(Variables.publicURL),
      grafanaURL: value(Variables.grafanaURL), stateDirectory: stateDirectory)
  }

  /// The addresses of database and Redis are written for each process, in any case.
  private var absentSecrets: Set<Variable> {
    Set(
      Variables.all.filter { variable in
        variable.isSecret && variable.isOptional && !Variables.addresses.contains(variable) && secret(variable) == nil
      })
  }

  private func secret(_ variable: Variable) -> String? {
    guard let text = try? String(contentsOfFile: "\(stateDir)/secrets/\(variable.name)", encoding: .utf8) else {
      return nil
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
