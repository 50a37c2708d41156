import Postgres
import ServiceKit

/// What ends tokens, in the database.
struct RevocationStore: Sendable {
  let pool: PostgresPool

  private static let insert = Statement(
    "token_revocar",
    """
    INSERT INTO deposito.tokens_revocados (jti, usuario, expira_at) VALUES ($1, $2, to_timestamp($3::bigint))
    ON CONFLICT ON CONSTRAINT tokens_revocados_jti DO NOTHING
    """)
  /// Those that hold longest first: they are the ones to keep. One more than is kept shows that there are more.
  private static let all = Statement("revocaciones_todas", select(sinceSeconds: nil))
  private static let recent = Statement("revocaciones_recientes", select(sinceSeconds: "$3"))
  private static let deleteExpired = Statement(
    "revocaciones_vencidas", "DELETE FROM deposito.tokens_revocados WHERE expira_at < now() - interval '1 hour'")

  /// - Throws: 503 as a `Problem`.
  func insert(_ token: TokenIdentity) async throws {
    do {
      _ = try await pool.query(Self.insert, [token.identifier, token.subject, token.expiresAt])
    } catch {
      // To end it twice is to end it once: whoever does not know repeats.
      throw try Problem.database(error)
    }
  }

  func all() async throws(PostgresError) -> [Revocation] {
    try await revocations(Self.all, [])
  }

  func recent(seconds: Int) async throws(PostgresError) -> [Revocation] {
    try await revocations(Self.recent, [seconds])
  }

  func deleteExpired() async throws(PostgresError) {
    _ = try await pool.query(Self.deleteExpired, [], deadline: .now + Revocations.refreshDeadline)
  }

  private func revocations(
    _ statement: Statement, _ parameters: [any PostgresEncodable]
  ) async throws(PostgresError) -> [Revocation] {
    let limits: [any PostgresEncodable] = [
      KnownRevocations.maximumTokens + 1, TokenConfiguration.maximumLifetimeSeconds,
    ]
    let rows = try await pool.query(statement, limits + parameters, deadline: .now + Revocations.refreshDeadline)
    var found: [Revocation] = []
    for row in rows {
      let instant: Int64 = try row.decode("instante")
      if let token: String? = try row.decode("jti"), let token {
        found.append(.token(token, until: instant))
      } else {
        found.append(.user(try row.decode("usuario"), issuedBefore: instant))
      }
    }
    return found
  }

  /// - Parameter sinceSeconds: the parameter that says how far back; nil: all that can still matter.
  private static func select(sinceSeconds: String?) -> String {
    func young(_ column: String) -> String {
      sinceSeconds.map { " AND \(column) > now() - make_interval(secs => \($0)::bigint)" } ?? ""
    }
    return """
      (SELECT jti, NULL AS usuario, extract(epoch FROM expira_at)::bigint AS instante FROM deposito.tokens_revocados
        WHERE expira_at > now() - interval '1 minute'\(young("created_at")) ORDER BY expira_at DESC LIMIT $1)
      UNION ALL
      SELECT NULL, usuario, extract(epoch FROM tokens_desde)::bigint FROM deposito.usuarios
      WHERE tokens_desde > now() - make_interval(secs => $2::bigint)\(young("tokens_desde"))
      """
  }
}
