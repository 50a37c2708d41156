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

  package init(_ text: String, run command: Command? = nil) {
    self.text = text
    self.command = command
  }
}

/// A question to the system. A drill runs the command while the fault is there.
package struct Diagnosis: Sendable {
  package let question: String
  package let command: Command
  /// How the output tells the fault from its absence.
  package let fault: Evidence
  /// What that means and what comes next.
  package let conclusion: String

  package init(_ question: String, run command: Command, fault: Evidence, conclusion: String) {
    self.question = question
    self.command = command
    self.fault = fault
    self.conclusion = conclusion
  }
}

/// What the output of a command says while the fault is there, and not otherwise.
package enum Evidence: Sendable {
  case contains(String)
  case lacks(String)
}

/// A line for a shell on the machine of the stack: ports are the stack's own.
package enum Command: Sendable {
  /// `scripts/deploy.sh` with these arguments.
  case deploy(String)
  /// The status that a process answers with; 000 where nothing answers.
  case status(PlatformProcess, path: String)
  case instantQuery(InstantVector)

  /// An instant query to Prometheus.
  package static func query(_ vector: some Vector) -> Self { .instantQuery(vector.vector) }

  /// - Parameter base: where a process answers on this machine: `http://localhost:8001`.
  package func text(base: (PlatformProcess) -> String) throws(InvalidExpression) -> String {
    switch self {
    case .deploy(let arguments): return "./scripts/deploy.sh \(arguments)"
    case .status(let process, let path):
      return "curl -s -m 5 -o /dev/null -w '%{http_code}\\n' \(base(process))\(path)"
    case .instantQuery(let expression):
      let query = try expression.rendered()
      return "curl -sS -m 5 --get \(base(Platform.prometheus))/api/v1/query --data-urlencode 'query=\(query)'"
    }
  }
}
