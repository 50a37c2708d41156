import Alerts
import Topology

/// What is not told while `scripts/deploy.sh` restarts a process: the alerts that its restart may cause, of that process
/// and of those that need it, and no other. Restarting a service does not hide that the database is gone.
package struct DeploymentSilence: Sendable {
  package let program: String
  package let matchers: [LabelMatch]

  /// The deployment lifts it; should it be killed, the silence ends by itself. A database that recovers may take two
  /// minutes, and a rate of five minutes remembers that.
  package static let longestSeconds = 600
  package static let author = "scripts/deploy.sh"

  /// A process that is away for a moment, those that ask it meanwhile, and what its start logs. Neither a full disk nor
  /// the shop's numbers nor the monitoring's own health.
  package static let symptoms: [Symptom] = [.unavailable, .errors, .latency, .anomaly]

  package var comment: String { "Despliegue: se reinicia \(program)." }

  /// nil where no alert would be muted.
  package init?(of process: PlatformProcess, among alerts: [Alert]) {
    let concerned = [process] + Inhibition.dependants(of: [process])
    let names = alerts.filter { alert in
      Self.symptoms.contains(alert.symptom) && Self.isAbout(alert.subject, concerned, restarted: process)
        && alert.name != Routing.heartbeatAlert
    }.map(\.name)
    if names.isEmpty { return nil }
    self.init(
      program: process.name,
      matchers: [
        .oneOf(LabelMatch.alertName, names), .oneOf(LabelMatch.service, concerned.map(\.serviceLabel)),
      ])
  }

  package init(program: String, matchers: [LabelMatch]) {
    self.program = program
    self.matchers = matchers
  }

  private static func isAbout(_ subject: Subject, _ concerned: [PlatformProcess], restarted: PlatformProcess) -> Bool {
    switch subject {
    case .process, .eachOf: !Set(subject.processes.map(\.name)).isDisjoint(with: concerned.map(\.name))
    case .eachService: concerned.contains { $0.role == .service }
    case .eachProcess: true
    case .planned, .host, .monitoring: false
    }
  }
}
