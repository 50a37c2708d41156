/// The five characters by which PostgreSQL classifies an error.
///
/// Source: PostgreSQL documentation, appendix A, "PostgreSQL Error Codes".
package struct SQLState: Sendable, Hashable, CustomStringConvertible {
  package let code: String

  package init(_ code: String) { self.code = code }

  package var description: String { code }

  package static let connectionFailure = SQLState("08006")
  package static let featureNotSupported = SQLState("0A000")
  package static let stringDataRightTruncation = SQLState("22001")
  package static let numericValueOutOfRange = SQLState("22003")
  package static let divisionByZero = SQLState("22012")
  package static let invalidTextRepresentation = SQLState("22P02")
  package static let notNullViolation = SQLState("23502")
  package static let foreignKeyViolation = SQLState("23503")
  package static let uniqueViolation = SQLState("23505")
  package static let checkViolation = SQLState("23514")
  package static let exclusionViolation = SQLState("23P01")
  package static let inFailedTransaction = SQLState("25P02")
  package static let invalidStatementName = SQLState("26000")
  package static let invalidAuthorization = SQLState("28000")
  package static let invalidPassword = SQLState("28P01")
  package static let unknownDatabase = SQLState("3D000")
  package static let serializationFailure = SQLState("40001")
  package static let deadlockDetected = SQLState("40P01")
  package static let insufficientPrivilege = SQLState("42501")
  package static let syntaxError = SQLState("42601")
  package static let undefinedColumn = SQLState("42703")
  package static let undefinedFunction = SQLState("42883")
  package static let undefinedTable = SQLState("42P01")
  package static let tooManyConnections = SQLState("53300")
  package static let lockNotAvailable = SQLState("55P03")
  package static let queryCanceled = SQLState("57014")
  package static let adminShutdown = SQLState("57P01")
  package static let crashShutdown = SQLState("57P02")
  package static let cannotConnectNow = SQLState("57P03")

  /// True for what ends a session, whatever the statement was: class 08 and the operator interventions 57P0x.
  var endsSession: Bool { code.hasPrefix("08") || code.hasPrefix("57P0") }
}
