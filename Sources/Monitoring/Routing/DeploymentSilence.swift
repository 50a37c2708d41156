import Alerts
import Topology

/// What is not told while `scripts/deploy.sh` restarts a process: the alerts that its restart may cause, of that
/// process, and the errors and latencies of those that need it, and no other. Restarting a service does not hide that the database is gone.
package struct DeploymentSilence: Sendable {
  package let program: String
  package let matchers: [LabelMatch]

  /// The deployment lifts it; should it be killed, the silence ends by itself. A database that recovers may take two
  /// minutes, and a rate of five minutes remembers that.
  package static let longestSeconds = 600
  package static let author = "scripts/deploy.sh"

  /// Of the process itself: it is away for a moment, and logs its start. Neither a full disk nor the shop's numbers nor
  /// the monitoring's own health.
  package static let ownSymptoms: [Symptom] = [.unavailable, .errors, .latency, .anomaly]
  /// Of those that ask it meanwhile: they stay up.
  package static let dependantsSymptoms: [Symptom] = [.errors, .latency]

  package var comment: String { "Despliegue: se reinicia \(program)." }

  /// nil where no alert would be muted.
  package init?(of process: PlatformProcess, among alerts: [Alert]) {
    let concerned = [process] + Inhibition.dependants(of: [process])
    let names = alerts.filter { alert in
      (Self.ownSymptoms.contains(alert.symptom) && Self.isAbout(alert.subject, [process])
        || Self.dependantsSymptoms.contains(alert.symptom) && Self.isAbout(alert.subject, concerned))
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

  private static func isAbout(_ subject: Subject, _ concerned: [PlatformProcess]) -> Bool {
    switch subject {
    case .process, .eachOf: !Set(subject.processes.map(\.name)).isDisjoint(with: concerned.map(\.name))
    case .eachService: concerned.contains { $0.role == .service }
    case .eachProcess: true
    case .planned, .host, .monitoring: false
    }
  }
}
