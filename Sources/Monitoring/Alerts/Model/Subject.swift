import PromQL
import Topology

/// What an alert is about: where its labels `service` and `team` come from.
package enum Subject: Sendable {
  case process(PlatformProcess)
  /// Whichever of these the series' `job` names.
  case eachOf([PlatformProcess])
  /// Whichever service the series' `job` names, those that will come too.
  case eachService
  /// Whatever the series' `job` names, be it a service, an exporter or somebody else's server.
  case eachProcess
  /// A service that does not exist yet.
  case planned(PlannedService)
  /// The machine, or a container on it: no service of ours alone.
  case host
  /// The monitoring itself.
  case monitoring

  package var processes: [PlatformProcess] {
    switch self {
    case .process(let process): [process]
    case .eachOf(let processes): processes
    case .eachService, .eachProcess, .planned, .host, .monitoring: []
    }
  }

  /// nil: the alert is about no service.
  var service: AlertText? {
    switch self {
    case .process(let process): "\(process.serviceLabel)"
    case .eachOf, .eachService, .eachProcess: "\(.job)"
    case .planned(let service): "\(service.job.rawValue)"
    case .host, .monitoring: nil
    }
  }

  var team: AlertText {
    switch self {
    case .process(let process): "\(process.team.rawValue)"
    case .eachOf(let processes):
      "\(choosingBy: .job, processes.map { ($0.serviceLabel, $0.team.rawValue) })"
    case .eachService: "\(choosingBy: .job, Self.teams(Platform.services))"
    case .eachProcess: "\(choosingBy: .job, Self.teams(Platform.processes + Platform.containerProcesses))"
    case .planned(let service): "\(service.team.rawValue)"
    case .host, .monitoring: "\(Team.platform.rawValue)"
    }
  }

  /// Theirs, and those of the services that will come.
  private static func teams(_ processes: [PlatformProcess]) -> [(is: String, then: String)] {
    processes.map { ($0.serviceLabel, $0.team.rawValue) }
      + PlannedService.all.map { ($0.job.rawValue, $0.team.rawValue) }
  }
}

extension PlatformProcess {
  /// The value of `service`: the job, where Prometheus scrapes it.
  package var serviceLabel: String { job?.rawValue ?? name }
}
