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
  package let severity: Severity
  package let symptom: Symptom
  package let subject: Subject
  package let texts: AlertTexts
  package let dashboard: DashboardReference
  package let mutes: [Mute]
  package let runbook: Runbook
  package let cases: [AlertCase]
  package let drill: Drill

  package init(
    _ name: String, when expression: InstantVector, for holdsFor: Period, severity: Severity, symptom: Symptom,
    subject: Subject, texts: AlertTexts, dashboard: DashboardReference, mutes: [Mute], runbook: Runbook,
    cases: [AlertCase], drill: Drill, fileID: String = #fileID
  ) {
    self.name = name
    self.file = "Sources/Monitoring/\(fileID)"
    self.expression = expression
    self.holdsFor = holdsFor
    self.severity = severity
    self.symptom = symptom
    self.subject = subject
    self.texts = texts
    self.dashboard = dashboard
    self.mutes = mutes
    self.runbook = runbook
    self.cases = cases
    self.drill = drill
  }

  /// The labels that it carries beside those of its expression.
  package var labels: [(name: String, value: AlertText)] {
    [("service", subject.service), ("severity", "\(severity.rawValue)"), ("team", subject.team)]
  }
}

extension Alert {
  /// The rule in PromQL.
  package func condition() throws(InvalidExpression) -> String { try expression.rendered() }
  package var duration: String { holdsFor.text }
}

/// How soon somebody must look.
package enum Severity: String, Sendable, CaseIterable {
  /// At once, at any hour.
  case critical
  /// Within the hour.
  case high
  /// Within the day.
  case medium
}

/// What kind of trouble it is: what an inhibition names, so that a new alert is muted without touching the muting one.
package enum Symptom: String, Sendable, CaseIterable {
  /// Something does not answer.
  case unavailable
  /// It answers with errors.
  case errors
  /// It answers late.
  case latency
}

/// A dashboard's uid, as links name it; a test holds it against the dashboards.
package enum DashboardReference: String, Sendable, CaseIterable {
  case systemOverview = "minimarket-system-overview"
}

/// What it silences while it fires, so that one fault is one message.
package enum Mute: Sendable, Hashable {
  /// Every other alert with its value of `service`.
  case othersOfItsService
  /// These symptoms in whatever needs the process that it is about.
  case symptomsOfDependants([Symptom])
}

/// How to make it fire on a stack of one's own: performed by the drills, named in the runbook.
package enum Drill: Sendable {
  case stop(PlatformProcess)
}
