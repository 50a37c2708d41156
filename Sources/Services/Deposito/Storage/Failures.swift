import Catalog
import Decimal
import Postgres
import ServiceKit

extension Problem {
  /// The code says what `no_disponible` does not: to repeat may be to do it twice. Hence no `Retry-After`.
  static let unknownOutcome = Problem(
    .serviceUnavailable, code: "resultado_desconocido",
    "No se sabe si la operación quedó registrada: consultalo antes de repetirla.")

  /// What a client is told when the database failed a request; an error that is our own fault is thrown on, to be
  /// logged as a 500.
  /// - Parameter writing: the request changes something, so that it matters whether it happened.
  static func database(_ error: PostgresError, writing: Bool = false) throws -> Problem {
    if writing, error.mayHaveTakenEffect || error.kind == .outcomeUnknown { return unknownOutcome }
    switch error.kind {
    case .unavailable, .poolExhausted, .timedOut, .cancelled, .outcomeUnknown:
      return .unavailable("La base de datos no está disponible.")
    case .server where error.sqlState.map { isTransient($0) } == true:
      return .unavailable("La base de datos no pudo atender el pedido.")
    default: throw error
    }
  }

  /// Class 53 is what the server lacks: disk, memory, connections. 25006 is a server that only reads.
  private static func isTransient(_ state: SQLState) -> Bool {
    state.code.hasPrefix("53")
      || [.serializationFailure, .deadlockDetected, .lockNotAvailable, .queryCanceled, SQLState("25006")]
        .contains(state)
  }
}

extension FixedDecimal: PostgresArrayElement {
  package static var postgresArrayType: PostgresType { .inferred }
  package static var needsQuotes: Bool { false }
}

extension FixedDecimal: PostgresEncodable, PostgresDecodable {
  /// NUMERIC is inferred by the server from the column.
  package static var postgresType: PostgresType { .inferred }
  package var postgresText: String? { description }
  package init?(postgresText text: String) { self.init(text) }
}
