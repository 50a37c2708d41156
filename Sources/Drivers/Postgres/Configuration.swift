import CLibpq
import Glibc

/// Why a connection string cannot be used. It never quotes the string, which holds the password.
package struct PostgresConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, for whoever knows where the string comes from.
  package let problem: String
  package var description: String { "DATABASE_URL cannot be used: \(problem)" }
}

/// Where a server is and who we are there.
///
/// It comes from `postgresql://user:password@host:port/database?sslmode=…` or from libpq's `keyword=value` string;
/// what they leave open, libpq's environment variables (`PGHOST`, `PGSSLMODE`, `PGPASSFILE`, …) say. However it is
/// printed, dumped or reflected, the password is not shown.
package struct PostgresConfiguration: Sendable {
  package let applicationName: String
  package var password: String?
  package var database: String
  /// From the first packet until the session can be used; also `connect_timeout` of the string, in seconds.
  package var connectTimeout: Duration = .seconds(3)
  /// Set on each new session. An exporter that reports `pg_settings` empties it, since it would see these.
  package var sessionSettings = [
    "bytea_output": "hex", "client_connection_check_interval": "1s", "DateStyle": "ISO",
    "idle_in_transaction_session_timeout": "60s",
  ]
  /// libpq's keywords, without `password` and `dbname`.
  private(set) var options: [String: String]

  /// - Parameter applicationName: what `pg_stat_activity` shows, unless the string has an `application_name`.
  package init(url: String, applicationName: String) throws(PostgresConfigurationError) {
    var options = try ConnectionString.parse(url)
    password = options.removeValue(forKey: "password")
    database = options.removeValue(forKey: "dbname") ?? options["user"] ?? ""
    self.applicationName = options.removeValue(forKey: "application_name") ?? applicationName
    if let seconds = options.removeValue(forKey: "connect_timeout").flatMap({ Int64($0) }), seconds > 0 {
      connectTimeout = .seconds(seconds)
    }
    self.options = options
  }

  /// - Parameter keywords: libpq's, with any values.
  package init(keywords: [String: String], applicationName: String) throws(PostgresConfigurationError) {
    let pairs = keywords.sorted { $0.key < $1.key }.map { "\($0.key)=\(ConnectionString.quoted($0.value))" }
    try self.init(url: pairs.joined(separator: " "), applicationName: applicationName)
  }

  /// With credentials that come from elsewhere; nil leaves what there is.
  package mutating func authenticate(user: String?, password: String?) {
    if let user { options["user"] = user }
    if let user, database.isEmpty { database = user }
    if let password { self.password = password }
  }

  package var user: String { options["user"] ?? "" }
  package var host: String { options["host"] ?? options["hostaddr"] ?? "" }
  package var port: String { options["port"] ?? "5432" }

  /// `user@host:port/database`: safe to log.
  package var redactedDescription: String { "\(user)@\(host):\(port)/\(database)" }

  /// All that libpq is told. What a peer's silence does is bounded here, unless the string says otherwise.
  var connectionParameters: [String: String] {
    var all = [
      "keepalives": "1", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
      "tcp_user_timeout": "15000",
    ]
    all.merge(options) { _, given in given }
    all["application_name"] = applicationName
    all["client_encoding"] = "UTF8"
    all["gssencmode"] = "disable"
    all["password"] = password
    if !database.isEmpty { all["dbname"] = database }
    return all
  }

  /// The text without the password, should a library or a server quote it.
  func redact(_ text: String) -> String {
    guard let password, password.utf8.count >= Self.minimumRedactedBytes else { return text }
    return text.replacing(password, with: "***")
  }

  /// Shorter passwords would make any message unreadable; libpq itself never prints one.
  private static let minimumRedactedBytes = 4
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { redactedDescription }
  package var debugDescription: String { redactedDescription }
  package var customMirror: Mirror {
    Mirror(self, children: ["server": redactedDescription, "applicationName": applicationName])
  }
}
