import Events
import Postgres

/// An event that has not left, as the database has it.
struct OutboxEvent: Sendable {
  let event: Event
  /// How often Redis refused it.
  let refusals: Int
}

/// The outbox on a session of its own, which holds the lock that makes one replica the one that publishes: whoever loses
/// the session has lost the lock, and can change nothing here any more.
struct OutboxStore: Sendable {
  static let timeout = Duration.seconds(5)
  /// An advisory lock's key: "eventos" in ASCII. Of this database alone.
  private static let lockKey: Int64 = 0x65_7665_6e74_6f73

  private let connection: PostgresConnection

  /// Nothing that it writes waits for the disk: what a crash takes away is that an event was sent, and it goes once more.
  static func open(on connection: PostgresConnection) async throws(PostgresError) -> OutboxStore {
    try await connection.execute(script: "SET synchronous_commit = off", deadline: .now + timeout)
    return OutboxStore(connection: connection)
  }

  private static let lock = Statement("eventos_turno", "SELECT pg_try_advisory_lock($1) AS tomado")
  /// One row at least: what the statement could see is said also where no event is left.
  private static let next = Statement(
    "eventos_pendientes",
    """
    SELECT e.*, pg_snapshot_xmin(vista)::text::bigint AS en_curso FROM pg_current_snapshot() AS vista LEFT JOIN LATERAL (
      SELECT id, tipo, producto_id, datos::text AS datos, intentos,
        to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ocurrido_at
      FROM deposito.eventos WHERE id > $1 ORDER BY id LIMIT $2
    ) AS e ON true ORDER BY e.id
    """)
  private static let sent = Statement(
    "eventos_enviados",
    """
    WITH e AS (DELETE FROM deposito.eventos WHERE id = ANY ($1) RETURNING *), enviados AS (
      INSERT INTO deposito.eventos_enviados (id, tipo, producto_id, datos, intentos, created_at, enviado_a)
      SELECT id, tipo, producto_id, datos, intentos, created_at, $2 FROM e
    )
    SELECT pg_current_xact_id()::text::bigint AS transaccion
    """)
  private static let safe = Statement(
    "eventos_firmes",
    """
    DELETE FROM deposito.eventos_enviados
    WHERE enviado_a = $1 AND enviado_at < clock_timestamp() - make_interval(secs => $2)
    """)
  private static let again = Statement(
    "eventos_de_nuevo",
    """
    WITH e AS (DELETE FROM deposito.eventos_enviados WHERE enviado_a <> $1 RETURNING *)
    INSERT INTO deposito.eventos (id, tipo, producto_id, datos, intentos, created_at) OVERRIDING SYSTEM VALUE
    SELECT id, tipo, producto_id, datos, intentos, created_at FROM e
    """)
  private static let refused = Statement(
    "eventos_rechazados", "UPDATE deposito.eventos SET intentos = intentos + 1 WHERE id = ANY ($1)")
  private static let aside = Statement(
    "eventos_apartar",
    """
    WITH e AS (DELETE FROM deposito.eventos WHERE id = ANY ($1) RETURNING *)
    INSERT INTO deposito.eventos_apartados (id, tipo, producto_id, datos, motivo, created_at)
    SELECT e.id, e.tipo, e.producto_id, e.datos, m.motivo, e.created_at
    FROM e JOIN unnest($1::bigint[], $2::text[]) AS m (id, motivo) ON m.id = e.id
    """)

  /// Whether this session has the lock now. Ask it once after it said yes: the lock counts.
  func takeLock() async throws -> Bool {
    try await run(Self.lock, [Self.lockKey]).first?.decode("tomado") ?? false
  }

  /// Of one product in the order of its changes: an identifier is given under the product's row lock.
  /// - Returns: also before which transaction all had ended by then.
  func next(_ count: Int, after floor: Int64) async throws -> (events: [OutboxEvent], running: Int64) {
    let rows = try await run(Self.next, [floor, count])
    guard let first = rows.first else { throw PostgresError(.decoding, "the outbox does not say what it saw") }
    let running: Int64 = try first.decode("en_curso")
    if try first.decode("id", as: Int64?.self) == nil { return ([], running) }
    return (try rows.map(Self.event), running)
  }

  private static func event(_ row: Row) throws(PostgresError) -> OutboxEvent {
    let kind: String = try row.decode("tipo")
    guard let kind = EventKind(rawValue: kind) else {
      throw PostgresError(.decoding, "an event of a kind that this program does not know")
    }
    return OutboxEvent(
      event: Event(
        id: try row.decode("id"), kind: kind, productID: try row.decode("producto_id"),
        occurredAt: try row.decode("ocurrido_at"), data: try row.decode("datos")),
      refusals: try row.decode("intentos"))
  }

  /// - Parameter server: the Redis that acknowledged them.
  /// - Returns: the number of the transaction that did it.
  func markSent(_ ids: [Int64], to server: String) async throws -> Int64? {
    ids.isEmpty ? nil : try await run(Self.sent, [ids, server]).first?.decode("transaccion")
  }

  /// Forgets what this Redis has had for so long that it is on its disk.
  func forgetSent(to server: String, olderThanSeconds seconds: Double) async throws {
    _ = try await run(Self.safe, [server, seconds])
  }

  /// What another Redis acknowledged last waits again.
  /// - Returns: how many events.
  func takeBack(notSentTo server: String) async throws -> Int { try await run(Self.again, [server]).affectedRows }

  func countRefusal(of ids: [Int64]) async throws {
    if !ids.isEmpty { _ = try await run(Self.refused, [ids]) }
  }

  func setAside(_ events: [(id: Int64, reason: String)]) async throws {
    if !events.isEmpty { _ = try await run(Self.aside, [events.map(\.id), events.map(\.reason)]) }
  }

  private func run(
    _ statement: Statement, _ parameters: [any PostgresEncodable]
  ) async throws(PostgresError) -> QueryResult {
    try await connection.query(statement, parameters, deadline: .now + Self.timeout)
  }
}
