import Postgres

/// What decides which statements a server is asked. Read anew with each scrape, in its round trip: a collector whose
/// statements would be others after all is asked again.
struct ServerFacts: Sendable, Hashable {
  /// As `PostgresConnection.serverVersion`: 150018 is 15.18.
  var version: Int
  /// In recovery: `pg_is_in_recovery()`.
  var isReplica = false
  /// The one that the session is in.
  var database: String
  /// Those installed in that database, by name.
  var extensions: [String: InstalledExtension] = [:]

  struct InstalledExtension: Sendable, Hashable {
    /// Where its functions and views are; not yet quoted.
    var schema: String
    /// As `extversion`: `1.10`.
    var version: String
  }

  /// One row an extension, and one where there is none. It does not ask for the database's name, which a lock on
  /// pg_database would hold up.
  static let statement = Statement(
    "facts",
    """
    SELECT pg_is_in_recovery(), e.extname::text, n.nspname::text, e.extversion
    FROM (VALUES (1)) AS one LEFT JOIN pg_extension AS e ON true LEFT JOIN pg_namespace AS n ON n.oid = e.extnamespace
    """)

  /// - Parameter rows: the answer to `statement`.
  init(of connection: PostgresConnection, _ rows: QueryResult) throws(PostgresError) {
    version = connection.serverVersion
    database = connection.database
    for row in rows {
      isReplica = try row.decode(0)
      guard let name = try row.decode(1, as: String?.self) else { continue }
      extensions[name] = InstalledExtension(
        schema: try row.decode(2, as: String?.self) ?? "", version: try row.decode(3, as: String?.self) ?? "")
    }
  }

  init(
    version: Int, isReplica: Bool = false, database: String, extensions: [String: InstalledExtension] = [:]
  ) {
    self.version = version
    self.isReplica = isReplica
    self.database = database
    self.extensions = extensions
  }
}
