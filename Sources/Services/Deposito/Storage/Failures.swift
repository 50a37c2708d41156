import Decimal
import Postgres
import ServiceKit

extension Problem {
  /// What a client is told when the database failed a request; an error that is our own fault is thrown on, to be
  /// logged as a 500.
  static func database(_ error: PostgresError) throws -> Problem {
    switch error.kind {
    case .unavailable, .poolExhausted, .timedOut, .cancelled:
      return .unavailable("La base de datos no está disponible.")
    case .outcomeUnknown:
      return .unavailable("No se sabe si la operación quedó registrada: consultá antes de repetirla.")
    case .server where error.sqlState.map { isTransient($0) } == true:
      return .unavailable("La base de datos no pudo atender el pedido.")
    default: throw error
    }
  }

  private static func isTransient(_ state: SQLState) -> Bool {
    [.serializationFailure, .deadlockDetected, .tooManyConnections, .lockNotAvailable, .queryCanceled]
      .contains(state)
  }
}

extension FixedDecimal: PostgresEncodable, PostgresDecodable {
  /// NUMERIC is inferred by the server from the column.
  package static var postgresType: PostgresType { .inferred }
  package var postgresText: String? { description }
  package init?(postgresText text: String) { self.init(text) }
}
