import PromQL
import Topology

/// What an alert is about: where its labels `service` and `team` come from.
package enum Subject: Sendable {
  case process(PlatformProcess)
  /// Whichever of these the series' `job` names.
  case eachOf([PlatformProcess])

  package var processes: [PlatformProcess] {
    switch self {
    case .process(let process): [process]
    case .eachOf(let processes): processes
    }
  }

  var service: AlertText {
    switch self {
    case .process(let process): "\(process.serviceLabel)"
    case .eachOf: "\(.job)"
    }
  }

  var team: AlertText {
    switch self {
    case .process(let process): "\(process.team.rawValue)"
    case .eachOf(let processes):
      "\(choosingBy: .job, processes.map { ($0.serviceLabel, $0.team.rawValue) })"
    }
  }
}

extension PlatformProcess {
  /// The value of `service`: the job, where Prometheus scrapes it.
  package var serviceLabel: String { job?.rawValue ?? name }
}
