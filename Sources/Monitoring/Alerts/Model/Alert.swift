import PromQL
import Topology

/// Something that calls a person, declared as a complete value: without a runbook, cases or a drill it does not compile.
package struct Alert: Sendable {
  /// As operators know it; also its anchor in the runbook.
  package let name: String
  /// The file that declares it, from the repository's root.
  package let file: String
  /// Holds while this has series.
  package let expression: InstantVector
  /// How long it must hold before anybody is called.
  package let holdsFor: Period
  /// How long it goes on once it no longer holds: what it mutes remembers the fault for as long as its rates look back.
  package let keepsFiringFor: Period
  package let group: RuleGroup
  package let severity: Severity
  package let symptom: Symptom
  package let subject: Subject
  package let texts: AlertTexts
  package let dashboard: DashboardReference
  package let mutes: [Mute]
  package let runbook: Runbook
  /// The anchor of its section in the book: its name, or that which it shares with others.
  package let section: String
  /// Both sides of each threshold; cases are made of them.
  package let boundaries: [Boundary]
  /// The subtle ones, written by hand, and then those of the boundaries.
  package let cases: [AlertCase]
  package let drill: Drill

  package init(
    _ name: String, when expression: some Vector, for holdsFor: Period, keepsFiringFor: Period = 0.s,
    in group: RuleGroup = .platform,
    severity: Severity, symptom: Symptom, subject: Subject, texts: AlertTexts, dashboard: DashboardReference,
    mutes: [Mute] = [], runbook: Runbook, section: String? = nil, boundaries: [Boundary] = [], cases: [AlertCase],
    drill: Drill, fileID: String = #fileID
  ) {
    self.name = name
    self.file = "Sources/Monitoring/\(fileID.replacing("/", with: "/" + group.folder))"
    self.expression = expression.vector
    self.holdsFor = holdsFor
    self.keepsFiringFor = keepsFiringFor
    self.group = group
    self.severity = severity
    self.symptom = symptom
    self.subject = subject
    self.texts = texts
    self.dashboard = dashboard
    self.mutes = mutes
    self.runbook = runbook
    self.section = section ?? name
    self.boundaries = boundaries
    self.cases = cases + boundaries.flatMap { $0.cases(for: holdsFor) }
    self.drill = drill
  }

  /// The labels that it carries beside those of its expression.
  package var labels: [(name: String, value: AlertText)] {
    (subject.service.map { [("service", $0)] } ?? [])
      + [("severity", "\(severity.rawValue)"), ("team", subject.team)]
  }
}

extension Alert {
  /// The rule in PromQL.
  package func condition() throws(InvalidExpression) -> String { try expression.rendered() }
  package var duration: String { holdsFor.text }

  /// Whether its cases tell what is recorded, so that the recording rules must not run beside them.
  package var casesTellRecordings: Bool { cases.contains { $0.series.contains(where: \.isRecorded) } }
}

/// Which file of rules it stands in.
package enum RuleGroup: String, Sendable, CaseIterable {
  /// The sixteen of the platform.
  case platform = "minimarket"
  /// How fast the error budgets of the service levels burn.
  case serviceLevels = "minimarket-slo"
  /// Who watches the watchers: Prometheus, Alertmanager and our own telemetry.
  case observability = "minimarket-observabilidad"

  /// Where its alerts are declared, below `Sources/Monitoring/Alerts`.
  var folder: String {
    switch self {
    case .platform: ""
    case .serviceLevels: "ServiceLevels/"
    case .observability: "Observability/"
    }
  }
}

/// How soon somebody must look.
package enum Severity: String, Sendable, CaseIterable {
  /// At once, at any hour.
  case critical
  /// Within the hour.
  case high
  /// Within the day.
  case medium
  /// Nobody, ever: it fires always, and what calls somebody is that it does not arrive.
  case heartbeat = "none"

  /// Those with somebody to call.
  package static let calling = allCases.filter { $0 != .heartbeat }
}

/// What kind of trouble it is: what an inhibition names, so that a new alert is muted without touching the muting one.
package enum Symptom: String, Sendable, CaseIterable {
  /// Something does not answer.
  case unavailable
  /// It answers with errors.
  case errors
  /// It answers late.
  case latency
  /// Something runs full: a disk, memory, processor.
  case saturation
  /// The shop's numbers are not what they should be.
  case business
  /// It works, and not as it usually does.
  case anomaly
  /// The monitoring itself.
  case observability
}

/// A dashboard's uid, as links name it; a test holds it against the dashboards.
package enum DashboardReference: String, Sendable, CaseIterable {
  case systemOverview = "minimarket-system-overview"
  case businessKPIs = "minimarket-business-kpis"
  case performance = "minimarket-performance"
  case mlService = "minimarket-ml-service"
}

/// What it silences while it fires, so that one fault is one message.
package enum Mute: Sendable, Hashable {
  /// Every other alert with its value of `service`.
  case othersOfItsService
  /// These symptoms in whatever needs the process that it is about.
  case symptomsOfDependants([Symptom])
  /// Alerts of these names that are equal in these labels.
  case alerts([String], equal: [LabelName])
  /// Its own series that have the label, where it fires for one without it: the host mutes its containers.
  case ownSeriesHaving(LabelName, equal: [LabelName])
}
