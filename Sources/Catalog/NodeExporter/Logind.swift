import MetricModel

extension Host {
  /// Sessions of people.
  package enum Logind {
    package struct Session: LabelSet {
      package static let labelNames = ["seat", "remote", "type", "class"]
      package let labelValues: [String]
      package init(seat: String, remote: String, type: String, kind: String) {
        labelValues = [seat, remote, type, kind]
      }
    }

    package static let sessions = Family<Gauge, Session>(
      "node_logind_sessions", "Number of sessions registered in logind.", use: parity)

    package static let all: [FamilyDescriptor] = [sessions.descriptor]
  }
}
