import Glibc
import Logging
import ProcessTelemetry
import Settings
import Telemetry
import Topology

/// `agente-deposito`: serves, or brings its schema up to date.
package enum DepositoCommand {
  private static let text = ProgramText(
    Platform.deposito,
    verbs: [
      ("serve", "Atiende HTTP hasta SIGTERM; es lo que hace sin argumentos."),
      ("migrate", "Aplica las migraciones que falten con MIGRATION_DATABASE_URL, crea el usuario admin y termina."),
    ])

  /// - Parameter arguments: without the executable's name.
  /// - Returns: the exit code: 0 done, 1 failed, 2 wrong usage.
  package static func run(_ arguments: [String]) async -> Int32 {
    Allocator.returnLargeBlocks()
    let settings = Settings(environment: ProcessSurroundings.environment())
    let request = CommandLineRequest(arguments, verbs: ["serve", "migrate"])
    if let exitCode = text.answer(request, settings) { return exitCode }
    return await perform(
      settings, request == .run(verb: "migrate") ? DepositoService.migrate : DepositoService.serve)
  }

  private static func perform(
    _ settings: Settings, _ work: (Settings, ProcessTelemetry) async throws -> Void
  ) async -> Int32 {
    do {
      let telemetry = try ProcessTelemetry(process: Platform.deposito, settings: settings)
      defer { telemetry.close() }
      do {
        try await work(settings, telemetry)
        return EXIT_SUCCESS
      } catch {
        telemetry.logger.critical("the process ends", metadata: ["cause": "\(error)"])
        throw error
      }
    } catch {
      ProcessSurroundings.complain("\(Platform.deposito.name): \(error)")
      return EXIT_FAILURE
    }
  }
}
