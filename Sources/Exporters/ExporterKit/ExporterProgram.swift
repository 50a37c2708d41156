import Glibc
import Logging
import ProcessTelemetry
import ServiceLifecycle
import Settings
import Telemetry
import TelemetryHTTP
import Topology
import UnixSignals

/// An exporter as a process: command line, settings, telemetry, pages, signals and exit code.
package struct ExporterProgram: Sendable {
  /// Less than the 10 s within which a process of ours ends, more than `ServerLimits.shutdownTimeoutSeconds`.
  static let maximumShutdownSeconds = 9

  private let process: PlatformProcess
  private let makeSource: @Sendable (Settings, Logger) throws(SettingsError) -> any ScrapeSource

  /// - Parameter makeSource: reads the exporter's own settings. It must not wait for the target, which may start later.
  package init(
    _ process: PlatformProcess,
    makeSource: @escaping @Sendable (Settings, Logger) throws(SettingsError) -> any ScrapeSource
  ) {
    self.process = process
    self.makeSource = makeSource
  }

  /// Runs until SIGTERM or SIGINT.
  /// - Parameter arguments: with the executable's name, as `CommandLine.arguments`.
  /// - Returns: the exit code: 0 after a signal, 1 where it cannot run, 2 for an argument that is not known.
  package func run(_ arguments: [String]) async -> Int32 {
    let settings = Settings(environment: ProcessSurroundings.environment())
    let request = CommandLineRequest(Array(arguments.dropFirst()))
    if let exitCode = ProgramText(process).answer(request, settings) { return exitCode }
    return await serve(settings)
  }

  private func serve(_ settings: Settings) async -> Int32 {
    do {
      let telemetry = try ProcessTelemetry(process: process, settings: settings)
      defer { telemetry.close() }
      try await serve(settings, telemetry)
      return EXIT_SUCCESS
    } catch let error as ListenError {
      let remedy = "detené lo que lo usa, o cambiá \(process.port.variable.name) o \(Variables.bindAddress.name)"
      ProcessSurroundings.complain("\(process.name): \(error): \(remedy)")
    } catch {
      ProcessSurroundings.complain("\(process.name): \(error)")
    }
    return EXIT_FAILURE
  }

  private func serve(_ settings: Settings, _ telemetry: ProcessTelemetry) async throws {
    let source = try makeSource(settings, telemetry.logger)
    let registry = telemetry.registry
    let metrics = Page.metrics { request, format in
      let budget = ScrapeBudget(header: request.header("X-Prometheus-Scrape-Timeout-Seconds"))
      let page = registry.page(format, adding: await source.scrape(budget))
      return PageChunks { page.next() }
    }
    let pages = [metrics, .healthy, .ready]
    var server = PageServer(
      address: try settings.required(Variables.bindAddress), port: try settings.port(process.port),
      pages: pages + [.landing(name: process.name, version: Release.version, linking: pages)],
      logger: telemetry.logger)
    let companions = telemetry.companions(eventLoops: EventLoopWake.inTurn(server.eventLoops))
    server.onListening = { _ in companions.setServing() }
    // The group's own lines repeat what the server and this program say.
    var silent = telemetry.logger
    silent.logLevel = .critical
    var configuration = ServiceGroupConfiguration(
      services: [server] + companions.services, gracefulShutdownSignals: [.sigterm, .sigint], logger: silent)
    configuration.maximumGracefulShutdownDuration = .seconds(Self.maximumShutdownSeconds)
    defer { telemetry.logger.info("stopped") }
    try await ServiceGroup(configuration: configuration).run()
    await source.close()
  }
}
