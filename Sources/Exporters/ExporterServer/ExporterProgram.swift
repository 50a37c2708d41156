import ExporterKit
import Glibc
import Logging
import ProcessTelemetry
import ServiceLifecycle
import Settings
import Telemetry
import TelemetryHTTP
import Topology
import UnixSignals

// ExporterServer makes a process of an exporter: command line, web server, signals and exit code. What does not need a
// socket belongs to ExporterKit.

/// An exporter as a process.
package struct ExporterProgram: Sendable {
  /// Less than the 10 s within which a process of ours ends, more than `ServerLimits.shutdownTimeoutSeconds`.
  static let maximumShutdownSeconds = 9

  private let application: any ExporterApplication
  private let collectorFlags: CollectorFlags
  private var process: PlatformProcess { application.process }

  package init(_ application: any ExporterApplication) {
    self.application = application
    collectorFlags = CollectorFlags(application.collectors)
  }

  /// Runs until SIGTERM or SIGINT.
  /// - Parameter arguments: with the executable's name, as `CommandLine.arguments`.
  /// - Returns: the exit code: 0 after a signal, 1 where it cannot run, 2 for an argument that is not known.
  package func run(_ arguments: [String]) async -> Int32 {
    let environment = ProcessSurroundings.environment()
    let settings = Settings(environment: environment)
    let flags = application.flags + WebFlags.all + collectorFlags.all
    do {
      let values = try FlagValues(Array(arguments.dropFirst()), flags: flags, environment: environment)
      let text = ProgramHelp(application, flags)
      switch values.request {
      case .help: ProcessSurroundings.print(text.help)
      case .version: ProcessSurroundings.print(text.version(settings))
      case .run:
        let enabled = collectorFlags.enabled(values)
        return await serve(ExporterOptions(flags: values, settings: settings, enabledCollectors: enabled))
      }
      return EXIT_SUCCESS
    } catch {
      ProcessSurroundings.complain("\(process.name): \(error): mirá \(process.name) --help")
      return 2
    }
  }

  private func serve(_ options: ExporterOptions) async -> Int32 {
    do {
      let telemetry = try ProcessTelemetry(process: process, settings: options.settings)
      defer { telemetry.close() }
      try await serve(options, telemetry)
      return EXIT_SUCCESS
    } catch let error as ListenError {
      let remedy = "detené lo que lo usa, o cambiá \(process.port.variable.name) o \(Variables.bindAddress.name)"
      ProcessSurroundings.complain("\(process.name): \(error): \(remedy)")
    } catch {
      ProcessSurroundings.complain("\(process.name): \(error)")
    }
    return EXIT_FAILURE
  }

  private func serve(_ options: ExporterOptions, _ telemetry: ProcessTelemetry) async throws {
    let sources = try application.makeSources(options, logger: telemetry.logger)
    let pages = ExporterPages(sources, registry: telemetry.registry, telemetryPath: options.flags.text(WebFlags.path))
    var server = PageServer(
      address: try options.settings.required(Variables.bindAddress), port: try options.settings.port(process.port),
      pages: pages.all(name: process.name), logger: telemetry.logger)
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
    await sources.main?.close()
    await sources.probe?.close()
  }
}
