import ExporterKit
import Glibc
import Redis

/// INFO: nearly all there is to know, for the price of one command that the server answers in some 100 microseconds.
/// Its success decides whether the server is up.
struct InfoCollector: PipelinedCollector {
  let name = "info"
  let help = "INFO: servidor, clientes, memoria, persistencia, contadores, replicación, comandos, errores y bases."

  private static let table = InfoTable(InfoField.all)
  private static let tableWithSystem = InfoTable(InfoField.all + InfoField.system)

  func questions(to session: RedisSession) -> [RedisCommand] { [Self.command] }

  private static let command = RedisCommand("INFO", "ALL")

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    let table = session.options.includesSystemMetrics ? Self.tableWithSystem : Self.table
    let reader = InfoReader(table, databases: session.mode == .sentinel ? 0 : session.databases)
    try answers[0].withText { reader.read($0, at: Double(time(nil)), into: &reading) }
  }

  /// For texts in the form of INFO that other commands answer.
  static let plainReader = InfoReader(table, databases: 0)
}
