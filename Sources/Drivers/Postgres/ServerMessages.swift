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
    let state = takeState(from: &message)
    message = configuration.redact(message)
    return PostgresError(
      .unavailable, "cannot connect to \(configuration.redactedDescription): \(message)", sqlState: state)
  }

  /// Cuts the code out of `:  28P01: `. By hand, since a regular expression would bring two megabytes of engine into
  /// every exporter.
  private static func takeState(from message: inout String) -> SQLState? {
    let bytes = Array(message.utf8)
    let length = ":  28P01: ".utf8.count
    guard bytes.count >= length else { return nil }
    for start in 0...bytes.count - length {
      let code = bytes[start + 3..<start + 8]
      guard bytes[start..<start + 3].elementsEqual(":  ".utf8), bytes[start + 8..<start + 10].elementsEqual(": ".utf8),
        code.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) })
      else { continue }
      message = String(decoding: bytes[..<start] + ": ".utf8 + bytes[(start + length)...], as: UTF8.self)
      return SQLState(String(decoding: code, as: UTF8.self))
    }
    return nil
  }

  static func firstLine(_ text: String) -> String { String(text.prefix { $0 != "\n" }) }
}
