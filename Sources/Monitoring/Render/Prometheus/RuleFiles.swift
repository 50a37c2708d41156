import Alerts
import PromQL
import Recording

/// The files below `prometheus/rules/`, and the groups in them: what is recorded first, and then who asks for it.
struct RuleFiles {
  static let recordingGroup = "minimarket-registros"

  /// Of the files, relative to their directory.
  static let names = ([recordingGroup] + RuleGroup.allCases.map(\.rawValue)).map { "\($0).yml" }

  /// In the order in which they are evaluated.
  static let groups =
    [recordingGroup]
    + RuleGroup.allCases.flatMap { group in Severity.allCases.map { name(of: group, $0) } }

  /// Rules of one severity are evaluated one after another, the severities side by side.
  static func name(of group: RuleGroup, _ severity: Severity) -> String { "\(group.rawValue)-\(severity.rawValue)" }

  static func recordings(_ recordings: [Recording]) throws -> YAML {
    let rules = try recordings.map {
      YAML.commented($0.file, ["record": .text($0.name), "expr": .text(try $0.expression.rendered())])
    }
    return ["groups": [["name": .text(recordingGroup), "rules": .list(rules)]]]
  }
}
