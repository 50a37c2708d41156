import Postgres
import ServiceKit

/// A key and the answer that it gives from now on.
struct IdempotencyClaim: Sendable {
  let key: IdempotencyKey
  let answer: WriteAnswer

  static let insert = Statement("idempotencia_guardar", insertion)
  static let find = Statement(
    "idempotencia_buscar",
    """
    SELECT i.usuario, i.clave, encode(i.huella, 'hex') AS huella, i.estado, i.cuerpo, i.ubicacion, i.etag
    FROM unnest($1::text[], $2::text[]) AS k(usuario, clave)
    JOIN deposito.idempotencia AS i ON i.usuario = k.usuario AND i.clave = k.clave
    """)

  /// With `columns` as its parameters.
  static let insertion = """
    INSERT INTO deposito.idempotencia (usuario, clave, huella, estado, cuerpo, ubicacion, etag)
    SELECT usuario, clave, decode(huella, 'hex'), estado, cuerpo, ubicacion, etag
    FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])
      AS k(usuario, clave, huella, estado, cuerpo, ubicacion, etag)
    """

  static func columns(_ claims: [IdempotencyClaim]) -> [any PostgresEncodable] {
    [
      claims.map { $0.key.user }, claims.map { $0.key.key }, claims.map { $0.key.fingerprint },
      claims.map { Int64($0.answer.status) },
      claims.map { $0.answer.body }, claims.map { $0.answer.location }, claims.map { $0.answer.etag },
    ]
  }
}

extension PostgresError {
  /// Somebody has claimed the key before.
  var isClaimedKey: Bool { sqlState == .uniqueViolation && constraint == "idempotencia_clave" }
}

/// What a key answers that was used before.
struct KeptAnswers: Sendable {
  private let answers: [String: (fingerprint: String, answer: WriteAnswer)]

  static func find(_ keys: [IdempotencyKey], in pool: PostgresPool) async throws(PostgresError) -> KeptAnswers {
    try KeptAnswers(try await pool.query(IdempotencyClaim.find, [keys.map(\.user), keys.map(\.key)]))
  }

  static func find(_ key: IdempotencyKey, in transaction: Transaction) async throws(PostgresError) -> KeptAnswers {
    try KeptAnswers(try await transaction.query(IdempotencyClaim.find, [[key.user], [key.key]]))
  }

  private init(_ rows: QueryResult) throws(PostgresError) {
    var answers: [String: (fingerprint: String, answer: WriteAnswer)] = [:]
    for row in rows {
      var answer = WriteAnswer(
        status: try row.decode("estado"), body: try row.decode("cuerpo"), location: try row.decode("ubicacion"),
        etag: try row.decode("etag"))
      answer.isReplay = true
      let name = "\(try row.decode("usuario", as: String.self))\n\(try row.decode("clave", as: String.self))"
      answers[name] = (try row.decode("huella"), answer)
    }
    self.answers = answers
  }

  /// nil: nobody used it. A failure: it was used with another request.
  func answer(for key: IdempotencyKey) -> Result<WriteAnswer, Problem>? {
    guard let (fingerprint, answer) = answers[key.name] else { return nil }
    return fingerprint == key.fingerprint ? .success(answer) : .failure(.keyOfAnotherBody)
  }
}
