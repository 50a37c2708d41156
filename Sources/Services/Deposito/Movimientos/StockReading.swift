import Postgres

/// Products as they are, without a lock: enough for a `StockBook` that the database will compare with what it has then.
struct StockReading: Sendable {
  struct Row: Sendable {
    let product: Product
    /// All of it is in the default warehouse, and in no lot.
    let isPlain: Bool
    /// The identifier of its last movement.
    let movement: Int64
  }

  let pool: PostgresPool

  /// One row at least, for the identifiers.
  private static let read = Statement(
    "stock_conocer",
    """
    WITH reserva AS MATERIALIZED (
      SELECT ARRAY(SELECT nextval('deposito.movimientos_id_seq') FROM generate_series(1, $2)) AS identificadores,
        (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS reloj
    )
    SELECT * FROM reserva LEFT JOIN (
      SELECT \(Product.columns), stock_otros = 0 AND NOT con_lotes AS sencillo, COALESCE((
          SELECT m.id FROM deposito.movimientos AS m WHERE m.producto_id = productos.id
          ORDER BY m.secuencia DESC LIMIT 1
        ), 0) AS ultimo
      FROM deposito.productos WHERE id = ANY ($1) AND activo
    ) AS leidos ON true
    """)

  /// - Parameter count: how many identifiers to bring along.
  func read(_ products: [Int64], reserving count: Int) async throws(PostgresError) -> ([Row], Reserve) {
    let rows = try await pool.query(Self.read, [products, count])
    guard let first = rows.first else { throw PostgresError(.decoding, "the reserve did not come") }
    let reserve = try Reserve(first)
    if try first.decode("id", as: Int64?.self) == nil { return ([], reserve) }
    let read = try rows.map { row throws(PostgresError) in
      Row(product: try Product(row), isPlain: try row.decode("sencillo"), movement: try row.decode("ultimo"))
    }
    return (read, reserve)
  }
}
