import Logging

/// Brings one schema to the state that the program's migrations describe.
///
/// Each file runs in a transaction of its own, together with its row in `<schema>.schema_migrations`, under an advisory
/// lock of the schema, so that any number of programs may start at once. During it `search_path` is the schema, then
/// `public`. The server computes the checksums (SHA-256 of the file's bytes).
package struct Migrator: Sendable {
  /// For another migrator to finish, in seconds.
  package static let maximumLockWaitSeconds = 120
  /// For one file, in seconds.
  package static let maximumFileSeconds = 600
  /// For reading and writing what was applied, in seconds.
  static let maximumBookkeepingSeconds = 30

  package let schema: String
  package let migrations: [Migration]
  let statements: MigrationStatements

  /// - Throws: `.invalidList` unless the versions are 1, 2, 3, … in some order, and the schema a plain name.
  package init(schema: String, migrations: [Migration]) throws(MigrationError) {
    guard let first = schema.utf8.first, Self.isLetter(first), schema.utf8.count <= 63,
      schema.utf8.allSatisfy({ Self.isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else {
      throw .invalidList(schema: schema, reason: "a schema's name has lower case letters, digits and '_' alone")
    }
    let sorted = migrations.sorted { $0.version < $1.version }
    for (index, migration) in sorted.enumerated() where migration.version != index + 1 {
      throw .invalidList(
        schema: schema,
        reason: "expected version \(index + 1) where \(migration.file) is: number them 1, 2, 3, …, each once")
    }
    self.schema = schema
    self.migrations = sorted
    statements = MigrationStatements(schema: schema)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
  }

  /// Applies what is missing, over a connection of its own.
  ///
  /// - Returns: what this call applied; empty when there was nothing to do.
  @discardableResult
  package func run(
    on configuration: PostgresConfiguration, logger: Logger
  ) async throws(MigrationError) -> [Migration] {
    let connection: PostgresConnection
    do {
      connection = try await PostgresConnection.connect(
        configuration, deadline: .now + configuration.connectTimeout, logger: logger)
    } catch {
      throw .database(schema: schema, error)
    }
    do {
      let applied = try await run(on: connection, logger: logger)
      await connection.close()
      return applied
    } catch {
      await connection.close()
      throw error
    }
  }

  /// The same over a connection that nobody else uses meanwhile.
  @discardableResult
  package func run(on connection: PostgresConnection, logger: Logger) async throws(MigrationError) -> [Migration] {
    try await lock(connection)
    var applied: [Migration] = []
    do {
      let pending = try await pending(connection)
      for (migration, checksum) in pending {
        try await apply(migration, checksum, connection)
        logger.notice("Applied migration \(schema)/\(migration.file)")
        applied.append(migration)
      }
    } catch {
      await unlock(connection)
      throw error
    }
    await unlock(connection)
    return applied
  }

  /// Checks that all is applied and unchanged, with no right but to read: for a service that may not migrate.
  ///
  /// Migrations newer than all of ours are accepted: during a rolling update the old program meets them.
  /// - Throws: `.pending`, `.changed`, `.missing` or `.database`.
  package func verify(on pool: PostgresPool) async throws(MigrationError) {
    let missing = try await comparison { (statement, parameters) async throws(PostgresError) in
      try await pool.query(statement, parameters)
    }.pending(acceptingNewer: true)
    guard missing.isEmpty else { throw .pending(schema: schema, files: missing.map(\.migration.file)) }
  }

  typealias Query = (Statement, [any PostgresEncodable]) async throws(PostgresError) -> QueryResult

  /// What is applied against what is here.
  func comparison(_ query: Query) async throws(MigrationError) -> MigrationComparison {
    do {
      let checksums = try await query(statements.checksums, [migrations.map(\.sql)])
        .map { row throws(PostgresError) in try row.decode("checksum", as: String.self) }
      let exists = try await query(statements.tableExists, []).first?.decode("exists", as: Bool.self) ?? false
      let applied = exists ? try await query(statements.applied, []) : nil
      return MigrationComparison(
        schema: schema, here: Array(zip(migrations, checksums)),
        applied: try (applied.map(Array.init) ?? []).map { row throws(PostgresError) in
          (try row.decode("version"), try row.decode("name"), try row.decode("checksum"))
        })
    } catch {
      throw .database(schema: schema, error)
    }
  }
}
