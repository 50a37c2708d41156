import CLibpq
import Glibc

/// The rows that a statement returned, in the server's order.
package struct QueryResult: Sendable, RandomAccessCollection {
  let storage: ResultStorage

  /// Rows inserted, updated, deleted or selected; 0 for a statement that has no such number.
  package var affectedRows: Int { storage.affectedRows }

  package var startIndex: Int { 0 }
  package var endIndex: Int { storage.rows }

  package subscript(position: Int) -> Row {
    precondition(indices.contains(position), "row \(position) of \(count)")
    return Row(storage: storage, index: position)
  }

  /// The rows, for those who prefer to name them.
  package var rows: Self { self }

  /// The columns' names, from left to right.
  package var columns: [String] { storage.columns }
}

/// One row. Values are decoded when asked for.
package struct Row: Sendable {
  let storage: ResultStorage
  let index: Int

  /// The value of the column with this exact name.
  ///
  /// - Throws: `.decoding`, naming statement, column and expected type, when there is no such column, when it is NULL
  ///   and `T` is not optional, or when its text is no `T`.
  package func decode<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws(PostgresError) -> T {
    guard let position = storage.position(of: column) else {
      throw storage.decodingError(
        "there is no column '\(column)'; there are: " + storage.columns.joined(separator: ", "), column: column)
    }
    return try decode(position, as: type)
  }

  /// The value of a column by its position from 0; the same errors.
  package func decode<T: PostgresDecodable>(_ position: Int, as type: T.Type = T.self) throws(PostgresError) -> T {
    guard position >= 0, position < storage.columnCount else {
      throw storage.decodingError("there is no column \(position); there are \(storage.columnCount)", column: nil)
    }
    guard let text = storage.text(row: index, column: position) else {
      if let null = T.postgresNull { return null }
      let name = storage.name(of: position)
      throw storage.decodingError("column '\(name)' is NULL, expected \(T.self)", column: name)
    }
    guard let value = T(postgresText: text) else {
      let (name, oid) = (storage.name(of: position), storage.type(of: position))
      throw storage.decodingError("column '\(name)' (type OID \(oid)) cannot be read as \(T.self)", column: name)
    }
    return value
  }
}

// Proof of @unchecked: a PGresult is never changed after PQgetResult returned it, and libpq's readers only read.
/// Owns a `PGresult`.
final class ResultStorage: @unchecked Sendable {
  private let result: OpaquePointer
  let statement: String?
  let rows: Int
  let columnCount: Int

  init(_ result: OpaquePointer, statement: String?) {
    self.result = result
    self.statement = statement
    rows = Int(PQntuples(result))
    columnCount = Int(PQnfields(result))
  }

  deinit { PQclear(result) }

  var affectedRows: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

  /// `COMMIT`, `INSERT 0 1`, …
  var commandTag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

  var columns: [String] { (0..<columnCount).map(name(of:)) }

  func name(of column: Int) -> String { PQfname(result, Int32(column)).map { String(cString: $0) } ?? "" }

  func type(of column: Int) -> UInt32 { PQftype(result, Int32(column)) }

  /// Compared here because PQfnumber folds upper case.
  func position(of column: String) -> Int? {
    column.withCString { wanted in
      (0..<columnCount).first { PQfname(result, Int32($0)).map { strcmp($0, wanted) == 0 } ?? false }
    }
  }

  func text(row: Int, column: Int) -> String? {
    guard PQgetisnull(result, Int32(row), Int32(column)) == 0,
      let start = PQgetvalue(result, Int32(row), Int32(column))
    else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, Int32(row), Int32(column))))
    return String(decoding: bytes, as: UTF8.self)
  }

  func decodingError(_ message: String, column: String?) -> PostgresError {
    var error = PostgresError(.decoding, message, statement: statement)
    error.column = column
    return error
  }
}
