extension Migrator {
  private var bookkeepingDeadline: ContinuousClock.Instant { .now + .seconds(Self.maximumBookkeepingSeconds) }

  func lock(_ connection: PostgresConnection) async throws(MigrationError) {
    do {
      _ = try await connection.query(
        statements.lock, [schema], deadline: .now + .seconds(Self.maximumLockWaitSeconds))
    } catch {
      throw error.kind == .timedOut ? .locked(schema: schema) : .database(schema: schema, error)
    }
  }

  /// A session that cannot unlock loses the lock with its end.
  func unlock(_ connection: PostgresConnection) async {
    _ = try? await connection.query(statements.unlock, [schema], deadline: bookkeepingDeadline)
  }

  func pending(_ connection: PostgresConnection) async throws(MigrationError) -> [(Migration, String)] {
    let deadline = bookkeepingDeadline
    do {
      // Asked first, since IF NOT EXISTS needs the right to create even where nothing is to be created.
      let schemaExists = try await connection.query(statements.schemaExists, [schema], deadline: deadline)
      if try schemaExists.first?.decode("exists", as: Bool.self) != true {
        try await connection.execute(script: statements.createSchema, deadline: deadline)
      }
      let tableExists = try await connection.query(statements.tableExists, deadline: deadline)
      if try tableExists.first?.decode("exists", as: Bool.self) != true {
        try await connection.execute(script: statements.createTable, deadline: deadline)
      }
    } catch {
      throw .database(schema: schema, error)
    }
    return try await comparison { (statement, parameters) async throws(PostgresError) in
      try await connection.query(statement, parameters, deadline: deadline)
    }.pending()
  }

  func apply(
    _ migration: Migration, _ checksum: String, _ connection: PostgresConnection
  ) async throws(MigrationError) {
    let deadline = ContinuousClock.now + .seconds(Self.maximumFileSeconds)
    do {
      try await connection.execute(script: statements.open, deadline: deadline)
      let transaction = try await connection.query(statements.transaction, deadline: deadline)
      let id = try transaction.first?.decode("id", as: String.self)
      try await run(migration, connection, deadline)
      let recorded = try await connection.query(
        statements.record, [migration.version, migration.name, checksum, id], deadline: deadline)
      guard recorded.affectedRows == 1 else {
        throw MigrationError.invalidList(
          schema: schema,
          reason: "\(migration.file) has a COMMIT or ROLLBACK of its own, so that a part of it may stay: remove it")
      }
      try await connection.execute(script: "COMMIT", deadline: deadline)
    } catch {
      _ = try? await connection.execute(script: "ROLLBACK", deadline: bookkeepingDeadline)
      throw error as? MigrationError ?? (error as? PostgresError).map { .database(schema: schema, $0) }
        ?? .invalidList(schema: schema, reason: "\(error)")
    }
  }

  private func run(
    _ migration: Migration, _ connection: PostgresConnection, _ deadline: ContinuousClock.Instant
  ) async throws(MigrationError) {
    let reply: Reply
    do {
      reply = try await connection.script(migration.sql, until: deadline)
    } catch {
      throw .failed(schema: schema, file: migration.file, statement: 1, line: nil, error)
    }
    guard let failure = reply.failure else { return }
    let line = failure.position.map { position in
      migration.sql.unicodeScalars.prefix(position - 1).count { $0 == "\n" } + 1
    }
    throw .failed(
      schema: schema, file: migration.file, statement: reply.results.count + 1, line: line, failure)
  }
}
