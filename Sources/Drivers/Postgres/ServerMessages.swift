import CLibpq
import Glibc

/// Turns what libpq and the server say into errors.
enum ServerMessages {
  /// The error of a result.
  static func error(of result: OpaquePointer, statement: String?) -> PostgresError {
    func field(_ code: Character) -> String? {
      guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
      return String(cString: text)
    }
    let state = field("C").map(SQLState.init)
    let severity = field("V") ?? ""
    // Without a SQLSTATE it is libpq that speaks, of the connection.
    let endsSession = severity == "FATAL" || severity == "PANIC" || state.map(\.endsSession) ?? true
    let message = field("M") ?? firstLine(PQresultErrorMessage(result).map { String(cString: $0) } ?? "unknown error")
    var error = PostgresError(
      endsSession ? .unavailable : .server, message, sqlState: state, statement: statement,
      mayHaveTakenEffect: endsSession)
    error.detail = field("D")
    error.hint = field("H")
    error.schema = field("s")
    error.table = field("t")
    error.column = field("c")
    error.constraint = field("n")
    error.position = field("P").flatMap { Int($0) }
    return error
  }

  /// The error of a connection that could not be made, from libpq's verbose text: `…: FATAL:  28P01: password …`.
  static func connectError(_ text: String, _ configuration: PostgresConfiguration) -> PostgresError {
    // The place in the server's source, and a question that the error's remedy answers.
    let noise = ["LOCATION:", "Is the server running"]
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
    var message = lines.filter { line in !noise.contains { line.hasPrefix($0) } }.joined(separator: "; ")
    var state: SQLState?
    if let match = message.firstMatch(of: /:  ([0-9A-Z]{5}):[ ]/) {
      state = SQLState(String(match.1))
      message.replaceSubrange(match.range, with: ": ")
    }
    message = configuration.redact(message)
    return PostgresError(
      .unavailable, "cannot connect to \(configuration.redactedDescription): \(message)", sqlState: state)
  }

  static func firstLine(_ text: String) -> String { String(text.prefix { $0 != "\n" }) }
}
