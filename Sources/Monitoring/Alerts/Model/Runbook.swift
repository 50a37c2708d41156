import PromQL
import Topology

/// How to respond to an alert, in Spanish, for somebody who was asleep a minute ago.
package struct Runbook: Sendable {
  /// What customers and the shop notice.
  package let meaning: String
  /// What to do before understanding anything.
  package let firstFiveMinutes: [Step]
  /// Commands, each with what it shows while the fault is there.
  package let diagnosis: [Diagnosis]
  package let fix: [Step]
  /// How to know that it is over.
  package let verify: [Step]
  /// When to wake whom.
  package let escalate: String
  /// What to leave behind.
  package let afterwards: [String]

  package init(
    meaning: String, firstFiveMinutes: [Step], diagnosis: [Diagnosis], fix: [Step], verify: [Step], escalate: String,
    afterwards: [String]
  ) {
    self.meaning = meaning
    self.firstFiveMinutes = firstFiveMinutes
    self.diagnosis = diagnosis
    self.fix = fix
    self.verify = verify
    self.escalate = escalate
    self.afterwards = afterwards
  }
}

/// Something to do, and the command that does it where there is one.
package struct Step: Sendable {
  package let text: String
  package let command: Command?
  /// Whether the command ends the fault of the alert's drill: the drill runs it, and the alert must resolve.
  package let isRemedy: Bool

  package init(_ text: String, run command: Command? = nil, isRemedy: Bool = false) {
    self.text = text
    self.command = command
    self.isRemedy = isRemedy
  }
}

/// A question to the system. A drill runs the command without the fault, and while it is there.
package struct Diagnosis: Sendable {
  package let question: String
  package let command: Command
  /// How the output tells the fault from its absence.
  package let fault: Evidence
  /// The fault that it shows, where it is another than that of the alert's drill.
  package let cause: Drill?
  /// What that means and what comes next.
  package let conclusion: String

  package init(
    _ question: String, run command: Command, fault: Evidence, of cause: Drill? = nil, conclusion: String
  ) {
    self.question = question
    self.command = command
    self.fault = fault
    self.cause = cause
    self.conclusion = conclusion
  }
}

/// What the output of a command says while the fault is there, and not otherwise.
package enum Evidence: Sendable {
  case contains(String)
  case lacks(String)

  package func holds(in output: String) -> Bool {
    switch self {
    case .contains(let fragment): output.contains(fragment)
    case .lacks(let fragment): !output.contains(fragment)
    }
  }
}
