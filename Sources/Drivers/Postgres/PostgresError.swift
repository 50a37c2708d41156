/// What went wrong between us and PostgreSQL. It never carries the password, nor parameters' values in `description`.
package struct PostgresError: Error, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// No connection could be made, or it was lost. See `mayHaveTakenEffect`.
    case unavailable
    /// Every connection is taken and the wait, or the queue of waiters, is full.
    case poolExhausted
    /// The deadline passed; the statement was cancelled on the server.
    case timedOut
    /// The task was cancelled; the statement was cancelled on the server.
    case cancelled
    /// The server refused the statement: `sqlState` says why.
    case server
    /// A value of the answer is not what the caller asked for.
    case decoding
    /// A parameter cannot be sent, for example text with a zero byte.
    case encoding
    /// The connection was lost during COMMIT: the transaction is either wholly there or wholly not.
    case outcomeUnknown
    /// The connection string cannot be used.
    case configuration
    /// The API was used in a way that it does not allow, for example two statements at once on one connection.
    case misuse
  }

  package var kind: Kind
  package var sqlState: SQLState?
  package var message: String
  /// The server's DETAIL. It can quote whole rows: do not log it.
  package var detail: String?
  package var hint: String?
  package var schema: String?
  package var table: String?
  package var column: String?
  package var constraint: String?
  /// Where in the SQL, in characters from 1.
  package var position: Int?
  /// The name of the `Statement`.
  package var statement: String?
  /// For `unavailable`, `timedOut` and `cancelled`: the server had the statement and did not answer, so that outside
  /// a transaction it may have happened. False: it certainly did not.
  package var mayHaveTakenEffect = false

  package init(
    _ kind: Kind, _ message: String, sqlState: SQLState? = nil, statement: String? = nil,
    mayHaveTakenEffect: Bool = false
  ) {
    self.kind = kind
    self.message = message
    self.sqlState = sqlState
    self.statement = statement
    self.mayHaveTakenEffect = mayHaveTakenEffect
  }

  package var description: String {
    var text = statement.map { "PostgreSQL, statement '\($0)': " } ?? "PostgreSQL: "
    text += message
    let facts = [sqlState.map { "SQLSTATE \($0)" }, constraint.map { "constraint \($0)" }].compactMap { $0 }
    if !facts.isEmpty { text += " (" + facts.joined(separator: ", ") + ")" }
    if let hint { text += ". Hint: \(hint)" }
    if let remedy { text += ". \(remedy)" }
    return text
  }

  /// What the operator or the caller can do about it.
  package var remedy: String? {
    switch kind {
    case .unavailable: Self.remedy(connecting: sqlState)
    case .poolExhausted: "Look for slow statements and held transactions, or raise the pool's limits"
    case .timedOut: "Check that the server can be reached, look for locks in pg_stat_activity, or raise the deadline"
    case .outcomeUnknown: "Read the data before repeating, or repeat with the same idempotency key"
    case .cancelled, .configuration, .decoding, .encoding, .misuse, .server: nil
    }
  }

  private static func remedy(connecting state: SQLState?) -> String {
    switch state {
    case .invalidPassword?, .invalidAuthorization?: "Check user and password in DATABASE_URL, and pg_hba.conf"
    case .unknownDatabase?: "Create the database, or correct DATABASE_URL"
    case .tooManyConnections?: "Raise max_connections, or lower the pools' limits"
    case .cannotConnectNow?: "The server is starting or stopping; it is tried again"
    default: "Check that PostgreSQL runs and can be reached; it is tried again"
    }
  }
}
