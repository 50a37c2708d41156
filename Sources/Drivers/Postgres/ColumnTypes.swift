extension QueryResult {
  /// The columns' types, from left to right.
  package var columnTypes: [PostgresType] {
    (0..<storage.columnCount).map { PostgresType(oid: storage.type(of: $0)) }
  }
}
