import CLibpq
import Glibc

/// Reads a connection string with libpq's own parser. libpq's messages quote parts of the string and with it perhaps
/// of the password, so that ours replace them.
enum ConnectionString {
  static func parse(_ text: String) throws(PostgresConfigurationError) -> [String: String] {
    guard !text.isEmpty else { throw error("the connection string is empty") }
    if let mistake = mistake(inURL: text) { throw error(mistake) }
    var message: UnsafeMutablePointer<CChar>?
    guard let parsed = PQconninfoParse(text, &message) else {
      defer { PQfreemem(message) }
      throw error(explanation(of: message.map { String(cString: $0) } ?? ""))
    }
    defer { PQconninfoFree(parsed) }
    var options: [String: String] = [:]
    var option = parsed
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    try check(ports: options["port"])
    if options["host"]?.contains("@") == true { throw error(unescaped) }
    return options
  }

  /// As a value of `keyword=value`.
  static func quoted(_ value: String) -> String {
    "'" + value.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  private static let unescaped = """
    it has an '@' or '/' in the user or the password: percent-encode the characters @ : / ? # % there \
    ('@' is %40, '/' is %2F)
    """

  private static func error(_ message: String) -> PostgresConfigurationError {
    PostgresConfigurationError(
      problem: "\(message). Expected postgresql://user:password@host:port/database?sslmode=…")
  }

  /// What libpq would accept and misread: a password's `@` or `/` moves the rest of it into host or database.
  private static func mistake(inURL text: String) -> String? {
    guard let scheme = text.firstRange(of: "://") else { return nil }
    let name = text[..<scheme.lowerBound]
    // A `keyword=value` string may hold "://" in a value.
    if name.contains("=") { return nil }
    guard name == "postgresql" || name == "postgres" else {
      return "its scheme is neither postgresql:// nor postgres://"
    }
    let rest = text[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    let path = rest[authority.endIndex...].prefix { $0 != "?" }
    let signs = authority.count { $0 == "@" }
    return signs > 1 || path.contains("@") ? unescaped : nil
  }

  private static func check(ports: String?) throws(PostgresConfigurationError) {
    for port in (ports ?? "").split(separator: ",") {
      guard let number = Int(port), (1...65_535).contains(number) else {
        throw error("its port is no number from 1 to 65535 (if the password has a '/' or ':', percent-encode it)")
      }
    }
  }

  /// The one message of libpq that quotes a keyword, never a value, is passed on.
  private static func explanation(of message: String) -> String {
    if message.hasPrefix("invalid URI query parameter: \"") { return message.prefix { $0 != "\n" }.description }
    if message.hasPrefix("invalid percent-encoded token") {
      return "it has a '%' that two hexadecimal digits do not follow"
    }
    return "libpq cannot parse it; check it for unescaped characters"
  }
}
