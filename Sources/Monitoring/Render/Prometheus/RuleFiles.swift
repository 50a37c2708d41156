import Alerts
import PromQL
import Recording
import Topology

/// The files below `prometheus/rules/`, and the groups in them: what is recorded first, and then who asks for it.
struct RuleFiles {
  static let recordingGroup = "minimarket-registros"

  static let recordingFile = "\(recordingGroup).yml"

  /// In the order in which they are evaluated.
  static let groups =
    Recording.Pace.allCases.map(name)
    + RuleGroup.allCases.flatMap { group in Severity.allCases.map { name(of: group, $0) } }

  /// Rules of one severity are evaluated one after another, the severities side by side.
  static func name(of group: RuleGroup, _ severity: Severity) -> String { "\(group.rawValue)-\(severity.rawValue)" }

  private static func name(of pace: Recording.Pace) -> String {
    switch pace {
    case .always: recordingGroup
    case .slowly: "\(recordingGroup)-lentos"
    }
  }

  /// A group a pace: what is evaluated slowly asks for what is recorded always, never the other way round.
  static func recordings(_ recordings: [Recording], on stack: Stack) throws -> YAML {
    let groups = try Recording.Pace.allCases.compactMap { pace -> YAML? in
      let rules = try recordings.filter { $0.pace == pace }.map {
        YAML.commented($0.file, ["record": .text($0.name), "expr": .text(try $0.expression.rendered())])
      }
      if rules.isEmpty { return nil }
      return .map(of: [
        "name": .text(name(of: pace)),
        // Said also where it is the default: the Prometheus Operator's is another, and service levels count steps.
        "interval": .text(stack.compressed(pace.interval ?? AlertCase.interval).text),
        "rules": .list(rules),
      ])
    }
    return ["groups": .list(groups)]
  }
}
