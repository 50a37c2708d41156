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
}
