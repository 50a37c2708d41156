import Catalog
import Decimal
import Postgres
import ServiceKit

/// Stock-takes in a transaction that the caller has.
struct StockTakeStore: Sendable {
  let transaction: Transaction

  private static let insert = Statement(
    "conteo_abrir",
    """
    WITH c AS (
      INSERT INTO deposito.conteos (deposito_id, nombre, usuario) SELECT id, $2, $3 FROM deposito.depositos
      WHERE id = $1 AND activo RETURNING *
    ) SELECT \(StockTake.columns) FROM c
    """)
  private static let lock = Statement(
    "conteo_tomar", "SELECT deposito_id, nombre, estado FROM deposito.conteos WHERE id = $1 FOR UPDATE")
  private static let record = Statement(
    "conteo_anotar",
    """
    INSERT INTO deposito.conteo_lineas (conteo_id, producto_id, contado, esperado, usuario)
    SELECT $1, producto_id, contado, esperado, $5 FROM unnest($2::bigint[], $3::numeric[], $4::numeric[])
      AS l(producto_id, contado, esperado)
    ON CONFLICT (conteo_id, producto_id) DO UPDATE SET contado = EXCLUDED.contado, esperado = EXCLUDED.esperado,
      usuario = EXCLUDED.usuario, contado_at = now()
    """)
  private static let differences = Statement(
    "conteo_diferencias",
    """
    SELECT producto_id, contado - esperado AS diferencia FROM deposito.conteo_lineas
    WHERE conteo_id = $1 AND contado <> esperado ORDER BY producto_id
    """)
  private static let end = Statement(
    "conteo_terminar",
    """
    UPDATE deposito.conteos SET estado = $2, terminado_at = now(), terminado_por = $3 WHERE id = $1
    """)
  static let one = Statement(
    "conteo", "SELECT \(StockTake.columns) FROM deposito.conteos AS c WHERE c.id = $1")

  func open(in warehouse: Int64, named name: String, by user: String) async throws -> StockTake {
    guard let row = try await transaction.query(Self.insert, [warehouse, name, user]).first else {
      throw Problem(StockBook.Refusal.noSuchWarehouse(field: "deposito_id"))
    }
    return try StockTake(row)
  }

  /// What was counted before of the same products is forgotten.
  func record(_ counts: [StockTakeCount], on id: Int64, by user: String) async throws -> StockTake {
    let warehouse = try await lock(id)
    // As for an adjustment: the locks make the expected stock that of one moment.
    let orders = counts.map {
      MovementOrder(.ajuste, of: $0.productID, .untilPart($0.quantity), in: warehouse, reason: "conteo", by: user)
    }
    let book = try await StockTransaction(transaction: transaction).open(orders)
    var expected: [Quantity] = []
    for (index, count) in counts.enumerated() {
      guard let item = book.items[count.productID] else {
        throw Problem.validation([
          FieldProblem(
            field: "lineas[\(index)].producto_id", message: "no existe un producto activo con ese identificador")
        ])
      }
      expected.append(item.product.part(in: warehouse))
    }
    _ = try await transaction.query(
      Self.record, [id, counts.map(\.productID), counts.map(\.quantity), expected, user])
    return try await read(id)
  }

  /// Each difference becomes an AJUSTE; what moved since it was counted stays moved.
  func close(_ id: Int64, by user: String) async throws -> (StockTake, [Movement]) {
    let warehouse = try await lock(id)
    var orders: [MovementOrder] = []
    for row in try await transaction.query(Self.differences, [id]) {
      orders.append(
        MovementOrder(
          .ajuste, of: try row.decode("producto_id"), .by(try row.decode("diferencia")), in: warehouse,
          reason: "diferencia de conteo", reference: "conteo:\(id)", by: user))
    }
    var movements: [Movement] = []
    if !orders.isEmpty {
      let stock = StockTransaction(transaction: transaction)
      var book = try await stock.open(orders)
      for order in orders {
        if case .failure(let refusal) = book.post(order) { throw Problem(refusal, of: order.productID) }
      }
      try await stock.settle(Settlement(book))
      movements = book.movements
    }
    _ = try await transaction.query(Self.end, [id, StockTake.State.cerrado.rawValue, user])
    return (try await read(id), movements)
  }

  func cancel(_ id: Int64, by user: String) async throws -> StockTake {
    _ = try await lock(id)
    _ = try await transaction.query(Self.end, [id, StockTake.State.anulado.rawValue, user])
    return try await read(id)
  }

  /// - Returns: its warehouse.
  private func lock(_ id: Int64) async throws -> Int64 {
    guard let row = try await transaction.query(Self.lock, [id]).first else { throw Problem.notFound("ese conteo") }
    let state: String = try row.decode("estado")
    guard state == StockTake.State.abierto.rawValue else {
      throw Problem(.conflict, code: "conteo_terminado", "Ese conteo está \(state): no se cambia más.")
    }
    return try row.decode("deposito_id")
  }

  private func read(_ id: Int64) async throws -> StockTake {
    guard let row = try await transaction.query(Self.one, [id]).first else { throw Problem.notFound("ese conteo") }
    return try StockTake(row)
  }
}

extension Problem {
  fileprivate init(_ refusal: StockBook.Refusal, of productID: Int64) {
    let problem = Problem(refusal)
    self.init(
      problem.status, code: problem.code, "\(problem.detail) Es el producto \(productID); el conteo sigue abierto.",
      fields: problem.fields)
  }
}
