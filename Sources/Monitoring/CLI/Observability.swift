import ArgumentParser
import Topology

/// The operator's and developer's way to what Sources/Monitoring declares.
package struct Observability: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "observability",
    abstract: "Prometheus, Alertmanager, Grafana and runbooks, generated from Swift values.",
    version: Release.version,
    subcommands: [
      Generate.self, Check.self, Lint.self, Explain.self, QueryPanel.self, PreviewDashboards.self, RunDrill.self,
      Prove.self,
      RenderLocal.self, CountRestarts.self, Eat.self,
    ])

  package init() {}

  /// Runs with the process' arguments and ends it.
  package static func start() async { await main() }
}
