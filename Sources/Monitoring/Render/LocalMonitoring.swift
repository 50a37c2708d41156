import Topology

/// Debian's rendering, for the local engine's state directory.
package enum LocalMonitoring {
  /// Paths are relative to `<state>/config/`.
  package static func files(for stack: Stack, secrets: MonitoringSecrets) throws -> [RenderedFile] { [] }
}
