import Catalog
import ExporterKit
import MetricModel
import SystemBus
import Telemetry

/// `node_logind_sessions`: sessions by seat, kind of terminal and class, over D-Bus (org.freedesktop.login1(5)). Two
/// calls, and three for each session.
struct LogindCollector: NodeCollector {
  let name = "logind"
  let isDefault = false
  let help = "Sesiones de usuarios registradas en logind."

  /// Less than the collector's own limit, so that nothing is left behind in a call.
  private static let callsSeconds = 4

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    try LogindSessions.read(SystemBus(limit: .seconds(Self.callsSeconds)), into: &batch)
  }
}
