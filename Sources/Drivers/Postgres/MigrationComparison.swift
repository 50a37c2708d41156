/// The migrations of the program against those of the database.
struct MigrationComparison {
  let schema: String
  let here: [(migration: Migration, checksum: String)]
  let applied: [(version: Int, name: String, checksum: String)]

  /// What is here and not applied.
  ///
  /// - Throws: `.changed` or `.missing`, the lowest version first.
  func pending(
    acceptingNewer: Bool = false
  ) throws(MigrationError) -> [(migration: Migration, checksum: String)] {
    let ours = Dictionary(here.map { ($0.migration.version, $0) }) { first, _ in first }
    for row in applied.sorted(by: { $0.version < $1.version }) {
      guard let (migration, checksum) = ours[row.version] else {
        if acceptingNewer, row.version > here.count { continue }
        throw .missing(schema: schema, file: Migration(version: row.version, name: row.name, sql: "").file)
      }
      guard checksum == row.checksum else {
        throw .changed(schema: schema, file: migration.file, applied: row.checksum, here: checksum)
      }
    }
    let versions = Set(applied.map(\.version))
    return here.filter { !versions.contains($0.migration.version) }
  }
}

/// The SQL around the files. The schema's name was checked to need no quotes.
struct MigrationStatements {
  let tableExists: Statement
  let applied: Statement
  let record: Statement
  let checksums = Statement(
    "migration_checksums",
    """
    SELECT encode(sha256(convert_to(file.sql, 'UTF8')), 'hex') AS checksum
    FROM unnest($1::text[]) WITH ORDINALITY AS file (sql, position) ORDER BY file.position
    """)
  let lock = Statement(
    "migration_lock", "SELECT pg_advisory_lock(hashtextextended('schema_migrations ' || $1, 0))")
  let unlock = Statement(
    "migration_unlock", "SELECT pg_advisory_unlock(hashtextextended('schema_migrations ' || $1, 0))")
  let schemaExists = Statement("migration_schema", "SELECT to_regnamespace($1) IS NOT NULL AS exists")
  let transaction = Statement("migration_transaction", "SELECT pg_current_xact_id()::text AS id")
  let createSchema: String
  let createTable: String
  let open: String

  init(schema: String) {
    let table = "\(schema).schema_migrations"
    tableExists = Statement("migration_table", "SELECT to_regclass('\(table)') IS NOT NULL AS exists")
    applied = Statement("migration_applied", "SELECT version, name, checksum FROM \(table) ORDER BY version")
    record = Statement(
      "migration_record",
      """
      INSERT INTO \(table) (version, name, checksum)
      SELECT $1, $2, $3 WHERE pg_current_xact_id()::text = $4
      """)
    createSchema = "CREATE SCHEMA \(schema)"
    createTable = """
      CREATE TABLE \(table) (
        version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now())
      """
    open = "BEGIN; SET LOCAL search_path TO \(schema), public"
  }
}
