import Catalog
import Decimal
import Postgres
import ServiceKit

/// Changes of products, in a transaction that the caller has.
struct ProductWriter: Sendable {
  let transaction: Transaction

  private static let insert = Statement(
    "producto_crear",
    """
    INSERT INTO deposito.productos (codigo, nombre, descripcion, categoria, codigos_barras, precio_compra,
      precio_venta, stock_minimo, stock_maximo, ubicacion, version)
    VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8, $9, $10, $11) RETURNING \(Product.columns)
    """)
  private static let remove = Statement(
    "producto_dar_de_baja",
    """
    UPDATE deposito.productos SET activo = false, version = version + 1, updated_at = now()
    WHERE id = $1 AND activo AND stock_actual = 0 AND ($2::bigint[] IS NULL OR version = ANY ($2))
    """)
  private static let state = Statement(
    "producto_estado", "SELECT version, stock_actual FROM deposito.productos WHERE id = $1 AND activo")

  /// The opening stock is a movement like any other: the sum of the ledger is the stock from the first row on.
  func create(_ draft: ProductDraft, by user: String) async throws -> (Product, opening: Movement?) {
    let hasStock = draft.stockActual > .zero
    let rows: QueryResult
    do {
      rows = try await transaction.query(
        Self.insert,
        [
          draft.codigo, draft.nombre, draft.descripcion, draft.categoria, draft.codigosBarras, draft.precioCompra,
          draft.precioVenta, draft.stockMinimo, draft.stockMaximo, draft.ubicacion,
          // The opening movement is what makes it the first.
          hasStock ? 0 : 1,
        ])
    } catch {
      throw Problem.duplicate(error, code: draft.codigo) ?? error
    }
    guard let row = rows.first else { throw Problem.internalError }
    let product = try Product(row)
    if !hasStock { return (product, nil) }
    let stock = StockTransaction(transaction: transaction)
    let order = MovementOrder(.entrada, of: product.id, .by(draft.stockActual), reason: "stock inicial", by: user)
    var book = try await stock.open([order])
    let (movement, opened) = try book.post(order).mapError { Problem($0) }.get()
    try await stock.settle(Settlement(book))
    return (opened, movement)
  }

  /// - Parameter versions: of `If-Match`; nil: any.
  func change(_ id: Int64, _ change: ProductChange, versions: [Int64]?) async throws -> Product {
    let rows: QueryResult
    do {
      rows = try await transaction.query(ProductChange.statement, change.parameters(of: id, versions: versions))
    } catch {
      throw Problem.duplicate(error, code: change.codigo ?? "") ?? error
    }
    guard let row = rows.first else { throw try await reason(id, versions) }
    return try Product(row)
  }

  /// Frees the code and the barcodes.
  func remove(_ id: Int64, versions: [Int64]?) async throws {
    guard try await transaction.query(Self.remove, [id, versions]).affectedRows == 1 else {
      throw try await reason(id, versions)
    }
  }

  /// Why nothing was changed.
  private func reason(_ id: Int64, _ versions: [Int64]?) async throws -> Problem {
    guard let row = try await transaction.query(Self.state, [id]).first else {
      return .notFound("un producto activo con ese identificador")
    }
    if let versions, !versions.contains(try row.decode("version")) { return .staleVersion }
    return Problem(.conflict, code: "producto_con_stock", "Un producto con stock no se da de baja: llevalo antes a 0.")
  }
}

extension Problem {
  static let staleVersion = Problem(
    .preconditionFailed, code: "version_distinta", "El producto cambió desde que lo leíste: leelo de nuevo.")

  /// nil: the error is another.
  fileprivate static func duplicate(_ error: PostgresError, code: String) -> Problem? {
    guard error.sqlState == .uniqueViolation else { return nil }
    switch error.constraint {
    case "productos_codigo_unico":
      return Problem(.conflict, code: "codigo_duplicado", "Ya existe un producto activo con el código \(code).")
    case "codigos_barras_unicos":
      return Problem(.conflict, code: "codigo_duplicado", "Otro producto activo tiene uno de esos códigos de barras.")
    default: return nil
    }
  }
}
