import Logging
import Postgres
import TestSupport
import Testing

extension OnRealServers {
  @Suite("Migrations")
  struct MigratorTests {
    let fixture: Fixture
    let first = Migration(version: 1, name: "tabla", sql: "CREATE TABLE producto (id int8 PRIMARY KEY);\n")
    let second = Migration(version: 2, name: "columna", sql: "ALTER TABLE producto ADD nombre text; -- ñ\n")

    init() async throws { fixture = try await Fixture.make() }

    @discardableResult
    private func run(_ migrations: Migration...) async throws -> [Migration] {
      try await Migrator(schema: "deposito", migrations: migrations)
        .run(on: fixture.configuration, logger: Fixture.logger)
    }

    private func problem(_ operation: () async throws -> Void) async throws -> String {
      do {
        try await operation()
        return ""
      } catch let error as MigrationError {
        return error.description
      }
    }

    private func sql(_ text: String) async throws -> String {
      try await fixture.server.psql(text, database: fixture.database)
    }

    @Test("Each is applied once, in the order of its number")
    func apply() async throws {
      #expect(try await run(second, first) == [first, second])
      #expect(try await run(first, second) == [])
      let third = Migration(version: 3, name: "datos", sql: "INSERT INTO producto VALUES (1, 'x')")
      #expect(try await run(first, second, third) == [third])
      #expect(try await sql("SELECT nombre FROM deposito.producto") == "x")
      let recorded = try await sql(
        "SELECT version, name, checksum = encode(sha256('\(third.sql.replacing("'", with: "''"))'), 'hex') "
          + "FROM deposito.schema_migrations WHERE version = 3")
      #expect(recorded == "3|datos|t")
      let locks = "pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database()"
      #expect(try await sql("SELECT count(*) FROM \(locks) AND l.locktype = 'advisory'") == "0")
    }

    @Test("A changed or a missing file is refused, and names what to do")
    func changedAndMissing() async throws {
      try await run(first, second)
      let edited = Migration(version: 2, name: "columna", sql: second.sql + " ")
      let changed = try await problem { try await run(first, edited) }
      #expect(changed.contains("0002_columna.sql was changed") && changed.contains("new migration"))
      let checksum = try await sql("SELECT checksum FROM deposito.schema_migrations WHERE version = 2")
      #expect(changed.contains("applied \(checksum)") && checksum.count == 64)
      let missing = try await problem { try await run(first) }
      #expect(missing.contains("the database has 0002_columna.sql, which this program does not have"))
    }

    @Test("A file that fails is rolled back whole, and the place is told")
    func failing() async throws {
      let bad = Migration(version: 2, name: "mala", sql: "CREATE TABLE a (x int);\n\nCREATE TABLE b (x ínt);\n")
      let text = try await problem { try await run(first, bad) }
      #expect(text.contains("0002_mala.sql:3 failed at its statement 2") && text.contains("SQLSTATE 42704"), "\(text)")
      #expect(
        try await sql("SELECT to_regclass('deposito.a') IS NULL, max(version) FROM deposito.schema_migrations") == "t|1"
      )
      let runtime = Migration(version: 2, name: "mala", sql: "CREATE TABLE a (x int); SELECT 1; SELECT 1 / 0")
      let division = try await problem { try await run(first, runtime) }
      #expect(division.contains("0002_mala.sql failed at its statement 3") && division.contains("22012"), "\(division)")
      let commit = Migration(version: 2, name: "mala", sql: "CREATE TABLE a (x int); COMMIT; BEGIN")
      #expect(try await problem { try await run(first, commit) }.contains("COMMIT or ROLLBACK of its own"))
      #expect(try await sql("SELECT max(version) FROM deposito.schema_migrations") == "1")
    }

    @Test("Two migrators at once: one applies, the other waits and finds nothing to do")
    func concurrent() async throws {
      let slow = Migration(version: 1, name: "lenta", sql: "SELECT pg_sleep(0.3); CREATE TABLE t (a int)")
      async let one = run(slow)
      async let two = run(slow)
      async let three = run(slow)
      let applied = try await [one, two, three]
      #expect(applied.filter(\.isEmpty).count == 2)
    }

    @Test("A service without the right to migrate is told what is missing")
    func verify() async throws {
      let migrator = try Migrator(schema: "deposito", migrations: [first, second])
      let role = "lector_\(fixture.database)"
      try await fixture.server.psql("CREATE ROLE \(role) LOGIN PASSWORD 'lector'")
      let pool = PostgresPool(
        configuration: try PostgresConfiguration(
          url: fixture.server.url(user: role, password: "lector", database: fixture.database), applicationName: "t"),
        logger: Fixture.logger)
      let none = try await problem { try await migrator.verify(on: pool) }
      #expect(none.contains("0001_tabla.sql, 0002_columna.sql") && none.contains("MIGRATION_DATABASE_URL"))
      try await run(first)
      _ = try await sql(
        "GRANT USAGE ON SCHEMA deposito TO \(role); GRANT SELECT ON deposito.schema_migrations TO \(role)")
      #expect(try await problem { try await migrator.verify(on: pool) }.contains("not applied yet: 0002_columna.sql"))
      try await run(first, second)
      try await migrator.verify(on: pool)
      // A newer program has been here.
      try await Migrator(schema: "deposito", migrations: [first]).verify(on: pool)
    }

    @Test("A list with a gap, a double or a strange schema is refused")
    func lists() async throws {
      for versions in [[2], [1, 3], [1, 1], [0, 1]] {
        let migrations = versions.map { Migration(version: $0, name: "m", sql: "") }
        #expect(throws: MigrationError.self) { _ = try Migrator(schema: "deposito", migrations: migrations) }
      }
      for schema in ["", "Depósito", "a b", "1a", "a;b"] {
        #expect(throws: MigrationError.self) { _ = try Migrator(schema: schema, migrations: []) }
      }
    }
  }
}
