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

  /// Of all values together; not what the protocol adds to them.
  package var byteCount: Int { storage.byteCount }

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
  // Without these each value would cost look-ups of witnesses: ten times as much. They are tried in their order.
  @_specialize(where T == Int) @_specialize(where T == Double)
  @_specialize(where T == String) @_specialize(where T == Bool)
  @_specialize(where T == Double?) @_specialize(where T == String?) @_specialize(where T == Int?)
  package func decode<T: PostgresDecodable>(_ position: Int, as type: T.Type = T.self) throws(PostgresError) -> T {
    try value(position)
  }

  @inline(__always)
  private func value<T: PostgresDecodable>(_ position: Int) throws(PostgresError) -> T {
    guard position >= 0, position < storage.columnCount else {
      throw storage.decodingError("there is no column \(position); there are \(storage.columnCount)", column: nil)
    }
    guard let bytes = storage.bytes(row: index, column: position) else {
      if let null = T.postgresNull { return null }
      throw storage.isNull(position, expected: "\(T.self)")
    }
    guard let value = T(postgresBytes: bytes) else { throw storage.isUnreadable(position, expected: "\(T.self)") }
    return value
  }
}

/// The same for what a long answer has most of: even to find the specialised code of an optional by its type costs more
/// than to read it.
extension Row {
  package func decode(_ position: Int, as type: String.Type) throws(PostgresError) -> String { try value(position) }
  package func decode(_ position: Int, as type: String?.Type) throws(PostgresError) -> String? { try value(position) }
  package func decode(_ position: Int, as type: Double?.Type) throws(PostgresError) -> Double? { try value(position) }
  package func decode(_ position: Int, as type: Int?.Type) throws(PostgresError) -> Int? { try value(position) }
}

/// Owns a `PGresult`.
///
/// `@unchecked`: a PGresult is never changed after PQgetResult returned it, and libpq's readers only read.
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

  /// Nil for NULL. Valid as long as this object.
  @inline(__always)
  func bytes(row: Int, column: Int) -> UnsafeRawBufferPointer? {
    guard let start = PQgetvalue(result, Int32(row), Int32(column)) else { return nil }
    let count = Int(PQgetlength(result, Int32(row), Int32(column)))
    // libpq lets NULL point to an empty text, too.
    if count == 0, PQgetisnull(result, Int32(row), Int32(column)) != 0 { return nil }
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  var byteCount: Int {
    var total = 0
    for row in 0..<rows {
      for column in 0..<columnCount { total += Int(PQgetlength(result, Int32(row), Int32(column))) }
    }
    return total
  }

  func isNull(_ column: Int, expected: String) -> PostgresError {
    let name = name(of: column)
    return decodingError("column '\(name)' is NULL, expected \(expected)", column: name)
  }

  func isUnreadable(_ column: Int, expected: String) -> PostgresError {
    let (name, oid) = (name(of: column), type(of: column))
    return decodingError("column '\(name)' (type OID \(oid)) cannot be read as \(expected)", column: name)
  }

  func decodingError(_ message: String, column: String?) -> PostgresError {
    var error = PostgresError(.decoding, message, statement: statement)
    error.column = column
    return error
  }
}
