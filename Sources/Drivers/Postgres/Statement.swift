/// SQL text with a name. It is prepared on each connection at its first use there.
package struct Statement: Sendable, Hashable {
  /// Identifies the statement in metrics and errors, as in `db_query_duration_seconds{statement}`.
  package let name: String
  package let sql: String

  package init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }

  /// By the name alone, which is short; equality sees the rest.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// What one connection has prepared. A name is given out before the server has accepted it and is kept only then.
struct PreparedStatements {
  /// Past this, a statement is parsed at every use, so that generated SQL cannot fill the server's memory.
  static let maximumStatements = 512

  struct Key: Hashable {
    let statement: Statement
    let types: [PostgresType]
  }

  private var names: [Key: String] = [:]
  private var lastNumber = 0
  /// Given out and not accepted.
  private var unused: [String] = []

  /// The server's name of what is prepared already.
  func name(of key: Key) -> String? { names[key] }

  /// A name for a statement about to be prepared; empty, which means "for this use", past the limit.
  mutating func newName() -> String {
    if let name = unused.popLast() { return name }
    guard lastNumber < Self.maximumStatements else { return "" }
    lastNumber += 1
    return "s\(lastNumber)"
  }

  mutating func accepted(_ key: Key, as name: String) {
    if !name.isEmpty { names[key] = name }
  }

  /// The server knows no such statement: the next one may have the name.
  mutating func refused(_ name: String) {
    if !name.isEmpty { unused.append(name) }
  }

  mutating func forget(_ key: Key) { names[key] = nil }
}
