import Logging
import Postgres
import ServiceLifecycle

/// Forgets keys that were used more than a day ago.
struct KeyPurge: Service {
  static let keptHours = 24
  static let intervalSeconds = 60
  /// Of one statement, so that none holds up the others.
  static let maximumRows: Int64 = 5_000

  let pool: PostgresPool
  let logger: Logger

  private static let purge = Statement(
    "idempotencia_olvidar",
    """
    DELETE FROM deposito.idempotencia WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM deposito.idempotencia WHERE created_at < now() - make_interval(hours => $1::int) LIMIT $2))
    """)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(Self.intervalSeconds))
        await purgeAll()
      }
    }
  }

  private func purgeAll() async {
    do {
      while try await pool.query(Self.purge, [Int32(Self.keptHours), Self.maximumRows]).affectedRows == Self.maximumRows
      {}
    } catch {
      logger.debug("old idempotency keys stay", metadata: ["cause": "\(error)"])
    }
  }
}
