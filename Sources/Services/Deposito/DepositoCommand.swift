import Glibc
import Logging
import ProcessTelemetry
import Settings
import Topology

/// `agente-deposito`: serves, or brings its schema up to date.
package enum DepositoCommand {
  static let usage = """
    agente-deposito: products and stock over HTTP, ACID.

    USAGE: agente-deposito [serve | migrate] [--help] [--version]

      serve     answer HTTP until SIGTERM (default)
      migrate   apply the pending migrations with MIGRATION_DATABASE_URL, create the user admin, and end

    Settings come from the environment; a secret also from the file that NAME_FILE names:
    \(Platform.deposito.settingsHelp)

    """

  /// - Returns: the exit code: 0 done, 1 failed, 2 wrong usage.
  package static func run(arguments: [String], environment: [String: String]) async -> Int32 {
    switch arguments {
    case [], ["serve"]: return await perform(environment, DepositoService.serve)
    case ["migrate"]: return await perform(environment, DepositoService.migrate)
    case ["--help"], ["-h"]:
      write(usage, to: STDOUT_FILENO)
      return 0
    case ["--version"]:
      write("agente-deposito \(Release.version)\n", to: STDOUT_FILENO)
      return 0
    default:
      write("agente-deposito: unknown argument \(arguments.joined(separator: " ")): see --help\n", to: STDERR_FILENO)
      return 2
    }
  }

  private static func perform(
    _ environment: [String: String], _ work: (Settings, ProcessTelemetry) async throws -> Void
  ) async -> Int32 {
    let settings = Settings(environment: environment)
    let telemetry: ProcessTelemetry
    do {
      telemetry = try ProcessTelemetry(process: Platform.deposito, settings: settings)
    } catch {
      write("agente-deposito: \(error)\n", to: STDERR_FILENO)
      return 1
    }
    defer { telemetry.close() }
    do {
      try await work(settings, telemetry)
      return 0
    } catch {
      telemetry.logger.critical("the process ends", metadata: ["cause": "\(error)"])
      write("agente-deposito: \(error)\n", to: STDERR_FILENO)
      return 1
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    _ = text.withCString { Glibc.write(descriptor, $0, strlen($0)) }
  }
}
