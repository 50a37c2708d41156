import Decimal
import Postgres

/// Lots in the database.
struct LotRows: Sendable {
  let transaction: Transaction

  private static let read = Statement(
    "lotes_leer",
    """
    SELECT id, producto_id, deposito_id, codigo, to_char(vence, 'YYYY-MM-DD') AS vence, cantidad
    FROM deposito.lotes
    WHERE producto_id = ANY ($1) AND (cantidad > 0 OR codigo = ANY ($2::text[])) ORDER BY vence, id
    """)
  private static let identifiers = Statement(
    "lotes_identificadores", "SELECT nextval('deposito.lotes_id_seq') AS id FROM generate_series(1, $1)")
  private static let settle = Statement(
    "lotes_asentar", "SELECT deposito.asentar_lotes($1, $2, $3, $4, $5, $6, $7, $8, $9)")

  /// Of each product, the lots that hold something and those of these codes.
  func shelves(of products: [Int64], codes: [String]) async throws(PostgresError) -> [Int64: LotShelf] {
    var lots: [Int64: [Lot]] = Dictionary(uniqueKeysWithValues: products.map { ($0, []) })
    for row in try await transaction.query(Self.read, [products, codes]) {
      let lot = Lot(
        id: try row.decode("id"), warehouse: try row.decode("deposito_id"), code: try row.decode("codigo"),
        expiry: try row.decode("vence"), quantity: try row.decode("cantidad"))
      lots[try row.decode("producto_id"), default: []].append(lot)
    }
    return lots.mapValues { LotShelf($0) }
  }

  /// - Parameters:
  ///   - shelves: of the products whose lots changed.
  ///   - changes: of each movement.
  func write(
    _ shelves: [(product: Int64, shelf: LotShelf)], _ changes: [(movement: Int64, product: Int64, change: LotChange)]
  ) async throws(PostgresError) {
    let lots = shelves.flatMap { product, shelf in
      shelf.lots.filter { shelf.changed.contains($0.id) }.map { (product: product, lot: $0) }
    }
    let new = lots.filter { $0.lot.id < 0 }
    // A new lot's number is its product's own.
    var identifiers: [UnnumberedLot: Int64] = [:]
    if !new.isEmpty {
      let rows = try await transaction.query(Self.identifiers, [new.count])
      for (entry, row) in zip(new, rows) {
        identifiers[UnnumberedLot(product: entry.product, id: entry.lot.id)] = try row.decode("id", as: Int64.self)
      }
    }
    func identifier(_ product: Int64, _ id: Int64) -> Int64 {
      id > 0 ? id : identifiers[UnnumberedLot(product: product, id: id)] ?? id
    }
    _ = try await transaction.query(
      Self.settle,
      [
        lots.map { identifier($0.product, $0.lot.id) }, lots.map(\.product), lots.map(\.lot.warehouse),
        lots.map(\.lot.code), lots.map(\.lot.expiry), lots.map(\.lot.quantity), changes.map(\.movement),
        changes.map { identifier($0.product, $0.change.lotID) }, changes.map(\.change.quantity),
      ])
  }

  private struct UnnumberedLot: Hashable {
    let product: Int64
    let id: Int64
  }
}
