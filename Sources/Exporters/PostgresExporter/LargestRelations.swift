import ExporterKit

/// Which tables and indexes of a database are exported one by one: the largest, so that a scrape of thousands of them
/// has a bounded size. Sizes are those of the last VACUUM or ANALYZE, which cost the server nothing and stay in order.
struct LargestRelations: Sendable {
  enum Kind: String, Sendable {
    /// Tables, partitioned ones and materialised views.
    case table = "('r', 'm', 'p')"
    case index = "('i')"
  }

  static let defaultTables = 100
  static let defaultIndexes = 100
  static let maximumRelations = 100_000

  let kind: Kind
  let limit: Int

  /// A row for each, with its `oid` and in `total` the number of all there are; to be called `chosen`. The view is read
  /// for these alone: OFFSET 0 keeps the planner from reading it for all and joining.
  /// - Parameters:
  ///   - view: of the statistics, to be called `s`.
  ///   - key: the view's column with the relation's number.
  func joined(with view: String, by key: String) -> String {
    """
    (
      SELECT oid, count(*) OVER () AS total FROM pg_class
      WHERE relkind IN \(kind.rawValue) AND relnamespace NOT IN (
        SELECT oid FROM pg_namespace
        WHERE nspname IN ('pg_catalog', 'information_schema') OR nspname LIKE 'pg\\_toast%'::text
      )
      ORDER BY relpages DESC, oid LIMIT \(limit)
    ) AS chosen
    CROSS JOIN LATERAL (SELECT * FROM \(view) AS one WHERE one.\(key) = chosen.oid OFFSET 0) AS s
    """
  }
}
