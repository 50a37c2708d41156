import Logging

/// What the streams of one process have in common; each level is a stream of its own.
struct StreamLabels: Sendable, Equatable {
  let job: String
  let instance: String

  /// In LogQL's syntax, sorted by name as Loki does: `{instance="a", job="b", level="info"}`.
  func text(level: Logger.Level) -> String {
    "{" + pairs(level: level).map { "\($0.name)=\(Self.quoted($0.value))" }.joined(separator: ", ") + "}"
  }

  /// Labels without a value do not exist.
  func pairs(level: Logger.Level) -> [(name: String, value: String)] {
    [("instance", instance), ("job", job), ("level", level.rawValue)].filter { !$0.1.isEmpty }
  }

  /// Loki unquotes values as Go does its strings.
  private static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension Logger.Level {
  /// Stable in files: the order in which swift-log declares them.
  var code: UInt8 {
    switch self {
    case .trace: 0
    case .debug: 1
    case .info: 2
    case .notice: 3
    case .warning: 4
    case .error: 5
    case .critical: 6
    }
  }

  static let byCode: [Logger.Level] = [.trace, .debug, .info, .notice, .warning, .error, .critical]
}
