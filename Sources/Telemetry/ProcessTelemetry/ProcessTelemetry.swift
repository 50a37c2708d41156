import Catalog
import CoreMetrics
import Logging
import MetricModel
import ServiceLifecycle
import Settings
import SwiftMetricsBackend
import Systemd
import Telemetry
import TelemetryTracing
import Topology

/// The telemetry that every process of ours starts with: a registry with the process' own metrics, and swift-log
/// on the pipeline. What only services or only exporters need does not belong here.
package struct ProcessTelemetry: Sendable {
  package let registry: Registry
  package let logger: Logger
  private let pipeline: LogPipeline

  /// Reads the variables that every process has, and takes over swift-log and swift-metrics. Once a process.
  /// - Parameters:
  ///   - level: nil: what `LOG_LEVEL` says.
  ///   - format: of standard output; files and Loki get JSON, the journal its fields.
  package init(
    process: PlatformProcess, settings: Settings, level: Logger.Level? = nil, format: LogFormat = .json
  ) throws(SettingsError) {
    let level = if let level { level } else { try Self.level(settings) }
    let revision = try settings.required(Variables.revision)
    let registry = Registry()
    let counters = LogCounters(registry, process: process.name)
    let destinations = try LogDestinations(process: process, settings: settings, format: format) {
      counters.count($0)
    }
    let sinks = destinations.all.compactMap { SinkLabel(name: $0.name) }
    counters.expose(sinks)
    let pipeline = LogPipeline(service: process.jobName, destinations: destinations.all) {
      counters.count($0, sinks: sinks)
    }
    LoggingSystem.bootstrap(
      { pipeline.handler(label: $0, level: level, metadataProvider: $1) }, metadataProvider: .trace)
    // What libraries record through swift-metrics is on the same page.
    MetricsSystem.bootstrap(RegistryMetricsFactory(registry))
    let logger = Logger(label: process.name)
    registry.setProblemHandler { problem, isFirst in
      counters.count(problem, isFirst: isFirst)
      if isFirst { logger.error("a metric lacks what was recorded", metadata: ["problem": "\(problem)"]) }
    }
    registry.register(ProcessCollector(service: process.jobName, revision: revision))
    registry.register(RuntimeCollector())
    registry.register(LogCollector(pipeline: pipeline, lokiStatistics: destinations.lokiStatistics))
    self.registry = registry
    self.pipeline = pipeline
    self.logger = logger
  }

  private static func level(_ settings: Settings) throws(SettingsError) -> Logger.Level {
    try settings.required(Variables.logLevel, expected: "un nivel, de trace a critical") { Logger.Level(rawValue: $0) }
  }

  /// What every process runs beside its own services, last in their group: it measures how late the cooperative pool
  /// and the event loops run what is due, and tells the service manager that the process serves, lives and stops.
  /// - Parameter wake: waits on the event loops that serve; see `EventLoopWake`.
  package func companions(eventLoops wake: @escaping SchedulingLag.Wake) -> Companions {
    let notifier = ServiceManagerNotifier(logger: logger) { (try? await wake(.zero)) != nil }
    let services: [any Service] = [
      SchedulingLag.ofCooperativePool(registry), SchedulingLag(registry, of: .eventLoop, wake: wake), notifier,
    ]
    return Companions(services: services, setServing: { notifier.setServing() })
  }

  package struct Companions: Sendable {
    package let services: [any Service]
    /// To be called when the process accepts requests.
    package let setServing: @Sendable () -> Void
  }

  /// Writes out what is pending; the last thing that a process does.
  package func close() { pipeline.close() }
}
