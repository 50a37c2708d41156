/// One numbered step of a schema: the text of a SQL file. What has been applied must never be edited.
package struct Migration: Sendable, Hashable {
  /// From 1, without gaps.
  package let version: Int
  package let name: String
  package let sql: String

  package init(version: Int, name: String, sql: String) {
    self.version = version
    self.name = name
    self.sql = sql
  }

  /// `0003_movimientos.sql`.
  package var file: String { String(repeating: "0", count: max(0, 4 - "\(version)".count)) + "\(version)_\(name).sql" }
}

/// Why migrations were refused or failed. Nothing of the named file is left in the database.
package enum MigrationError: Error, Sendable, CustomStringConvertible {
  /// The list itself is wrong.
  case invalidList(schema: String, reason: String)
  /// A file was edited after it had been applied.
  case changed(schema: String, file: String, applied: String, here: String)
  /// The database has a migration that this program does not.
  case missing(schema: String, file: String)
  /// The program has migrations that the database does not.
  case pending(schema: String, files: [String])
  /// Another migrator held the lock for too long.
  case locked(schema: String)
  /// A file's SQL failed. `line` from 1 where the server told the place; `statement` from 1.
  case failed(schema: String, file: String, statement: Int, line: Int?, PostgresError)
  case database(schema: String, PostgresError)

  package var description: String {
    switch self {
    case .invalidList(let schema, let reason):
      "migrations of schema '\(schema)': \(reason)"
    case .changed(let schema, let file, let applied, let here):
      """
      migrations of schema '\(schema)': \(file) was changed after it had been applied (SHA-256 applied \(applied), \
      here \(here)). Restore the file and put the change into a new migration
      """
    case .missing(let schema, let file):
      """
      migrations of schema '\(schema)': the database has \(file), which this program does not have. Run the version \
      of the program that has it, or restore the file
      """
    case .pending(let schema, let files):
      """
      migrations of schema '\(schema)': not applied yet: \(files.joined(separator: ", ")). Run the migrations with a \
      role that may (MIGRATION_DATABASE_URL), then start again
      """
    case .locked(let schema):
      """
      migrations of schema '\(schema)': another migrator holds the lock. Wait for it, or look for its session in \
      pg_locks (locktype 'advisory')
      """
    case .failed(let schema, let file, let statement, let line, let error):
      """
      migrations of schema '\(schema)': \(file)\(line.map { ":\($0)" } ?? "") failed at its statement \(statement) and \
      was rolled back: \(error). Correct the file and run again
      """
    case .database(let schema, let error): "migrations of schema '\(schema)': \(error)"
    }
  }
}
