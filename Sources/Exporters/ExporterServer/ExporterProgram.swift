import ExporterKit
import Glibc
import Logging
import NIOCore
import NIOPosix
import ProcessTelemetry
import ServiceLifecycle
import Settings
import Systemd
import Telemetry
import TelemetryHTTP
import Topology
import UnixSignals

// ExporterServer makes a process of an exporter: command line, web server, signals and exit code. What does not need a
// socket belongs to ExporterKit.

/// Nobody listens for us.
private struct SocketShortage: Error, CustomStringConvertible {
  let flag: String
  var description: String {
    "--\(flag): systemd no pasó ningún socket (LISTEN_FDS): arrancá la unidad .socket, o sacá la opción"
  }
}

/// An exporter as a process.
package struct ExporterProgram: Sendable {
  /// Less than the 10 s within which a process of ours ends, more than `ServerLimits.shutdownTimeoutSeconds`.
  static let maximumShutdownSeconds = 9

  private let application: any ExporterApplication
  private let collectorFlags: CollectorFlags
  private let webFlags: WebFlags
  private var process: PlatformProcess { application.process }

  package init(_ application: any ExporterApplication) {
    self.application = application
    collectorFlags = CollectorFlags(application.collectors)
    webFlags = WebFlags(environment: application.webEnvironment)
  }

  /// Runs until SIGTERM or SIGINT.
  /// - Parameter arguments: with the executable's name, as `CommandLine.arguments`.
  /// - Returns: the exit code: 0 after a signal, 1 where it cannot run, 2 for an argument that is not known or wrong.
  package func run(_ arguments: [String]) async -> Int32 {
    ProcessSurroundings.raiseDescriptorLimit()
    Allocator.favourSize()
    // Pages, scrapes and connections to targets share a thread: another one would have to be woken, and has its memory.
    NIOSingletons.groupLoopCountSuggestion = 1
    let environment = ProcessSurroundings.environment()
    let settings = Settings(environment: environment)
    let absent = application.absentFlags
    let flags = application.flags + webFlags.all + LogFlags.all + collectorFlags.all + absent.map(\.flag)
    do {
      let given = try FlagValues(Array(arguments.dropFirst()), flags: flags, environment: environment)
      let all = application.translated(given) + arguments.dropFirst()
      let values = try FlagValues(all, flags: flags, environment: environment)
      let text = ProgramHelp(application, flags)
      switch values.request {
      case .help: ProcessSurroundings.print(text.help)
      case .version: ProcessSurroundings.print(text.version(settings))
      case .run:
        try AbsentFlag.refuse(absent, values)
        CommandLineSecrets.hide(flags)
        CodePages.mapOneByOne()
        let enabled = collectorFlags.enabled(values)
        let options = ExporterOptions(
          flags: values, settings: settings, enabledCollectors: enabled,
          executor: EventLoopTaskExecutor(MultiThreadedEventLoopGroup.singleton.next()))
        return try await serve(options, try webFlags.options(values), try LogFlags.options(values))
      }
      return EXIT_SUCCESS
    } catch {
      ProcessSurroundings.complain("\(process.name): \(error): mirá \(process.name) --help")
      return 2
    }
  }

  /// - Throws: what is wrong with the command line; the rest is said here.
  private func serve(
    _ options: ExporterOptions, _ web: WebOptions, _ log: (level: Logger.Level?, format: LogFormat)
  ) async throws(FlagMistake) -> Int32 {
    do {
      let telemetry = try ProcessTelemetry(
        process: process, settings: options.settings, level: log.level, format: log.format)
      defer { telemetry.close() }
      try await serve(options, web, telemetry)
      return EXIT_SUCCESS
    } catch let mistake as FlagMistake {
      throw mistake
    } catch let error as ListenError {
      let elsewhere = "\(process.port.variable.name), \(Variables.bindAddress.name) o --\(webFlags.listenAddress.name)"
      ProcessSurroundings.complain("\(process.name): \(error): revisá qué lo usa, o cambiá \(elsewhere)")
    } catch let error as WebConfigurationError {
      ProcessSurroundings.complain("\(process.name): --\(webFlags.configFile.name): \(error)")
    } catch {
      ProcessSurroundings.complain("\(process.name): \(error)")
    }
    return EXIT_FAILURE
  }

  private func serve(_ options: ExporterOptions, _ web: WebOptions, _ telemetry: ProcessTelemetry) async throws {
    let security = try web.configFile.map { (path) throws(WebConfigurationError) in
      WebSecurity(try WebConfigurationFile(path: path, logger: telemetry.logger))
    }
    let sources = try application.makeSources(options, logger: telemetry.logger)
    let pages = ExporterPages(sources, application, registry: telemetry.registry, web)
    let sockets = web.takesSystemdSockets ? SocketActivation.takeListeners() : []
    if web.takesSystemdSockets, sockets.isEmpty { throw SocketShortage(flag: webFlags.systemdSocket.name) }
    var server = PageServer(
      addresses: web.takesSystemdSockets ? [] : try addresses(web, options.settings), inherited: sockets,
      pages: pages.all, security: security,
      eventLoops: MultiThreadedEventLoopGroup.singleton, logger: telemetry.logger)
    let companions = telemetry.companions(eventLoops: EventLoopWake.inTurn(server.eventLoops))
    server.onListening = { _ in
      companions.setServing()
      CodePages.releaseLater()
    }
    // The group's own lines repeat what the server and this program say.
    var silent = telemetry.logger
    silent.logLevel = .critical
    var configuration = ServiceGroupConfiguration(
      services: [server] + companions.services, gracefulShutdownSignals: [.sigterm, .sigint], logger: silent)
    configuration.maximumGracefulShutdownDuration = .seconds(Self.maximumShutdownSeconds)
    try await ServiceGroup(configuration: configuration).run()
    await sources.main?.close()
    await sources.probe?.close()
    telemetry.logger.info("stopped")
  }

  private func addresses(_ web: WebOptions, _ settings: Settings) throws(SettingsError) -> [ListenAddress] {
    guard web.addresses.isEmpty else { return web.addresses }
    let port = try settings.port(process.port)
    return [ListenAddress(host: try settings.required(Variables.bindAddress), port: port)]
  }
}
