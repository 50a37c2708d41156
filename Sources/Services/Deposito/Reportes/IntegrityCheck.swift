import Catalog
import Hummingbird
import Postgres
import ServiceKit

/// `GET /api/v1/reportes/integrity-check`: whether the books balance.
///
/// A product's books do where its movements lead from 0 to its stock, each from where the one before ended; what the
/// other warehouses hold is what their movements left there; and so it is with lots, which hold no more than their
/// warehouse. Each row's own sum is the table's CHECK.
struct IntegrityCheck: Feature {
  /// It reads the whole index of the ledger, once at a time.
  static let maximumSeconds = 60

  private let report: SingleFlight<Report>

  init(pool: PostgresPool) { report = SingleFlight { try await Self.check(pool) } }

  private struct Report: Encodable {
    let totalProductosRevisados: Int
    let inconsistenciasEncontradas: Int
    let integridadOK: Bool
    let inconsistencias: [Inconsistency]

    enum CodingKeys: String, CodingKey {
      case inconsistencias
      case totalProductosRevisados = "total_productos_revisados"
      case inconsistenciasEncontradas = "inconsistencias_encontradas"
      case integridadOK = "integridad_ok"
    }
  }

  private struct Inconsistency: Encodable {
    let productoID: Int64
    let motivo: String

    enum CodingKeys: String, CodingKey {
      case motivo
      case productoID = "producto_id"
    }
  }

  private static let maximumNamed = 100

  private static let check = Statement(
    "reporte_integridad",
    """
    WITH cadena AS (
      SELECT producto_id, stock_resultante,
        stock_anterior = COALESCE(lag(stock_resultante) OVER orden, 0) AS sigue,
        lead(producto_id) OVER orden IS NULL AS es_ultimo
      FROM deposito.movimientos WINDOW orden AS (PARTITION BY producto_id ORDER BY secuencia)
    ), libro AS (
      SELECT producto_id, bool_and(sigue) AS sigue, max(stock_resultante) FILTER (WHERE es_ultimo) AS stock
      FROM cadena GROUP BY producto_id
    ), otros AS (
      SELECT producto_id, deposito_id, sum(cantidad) AS cantidad FROM (
        SELECT producto_id, deposito_id, CASE WHEN tipo IN ('SALIDA', 'TRANSFERENCIA') THEN -cantidad ELSE cantidad END
          AS cantidad
        FROM deposito.movimientos WHERE deposito_id <> 1
        UNION ALL
        SELECT producto_id, deposito_destino_id, cantidad FROM deposito.movimientos WHERE deposito_destino_id <> 1
      ) AS partes GROUP BY producto_id, deposito_id
    ), distintos AS (
      SELECT COALESCE(o.producto_id, e.producto_id) AS producto_id
      FROM otros AS o FULL JOIN deposito.existencias AS e USING (producto_id, deposito_id)
      WHERE COALESCE(o.cantidad, 0) <> COALESCE(e.cantidad, 0)
    ), lotes_distintos AS (
      SELECT l.producto_id FROM deposito.lotes AS l LEFT JOIN (
        SELECT lote_id, sum(cantidad) AS cantidad FROM deposito.movimiento_lotes GROUP BY lote_id
      ) AS m ON m.lote_id = l.id WHERE l.cantidad <> COALESCE(m.cantidad, 0)
    ), lotes_de_mas AS (
      SELECT l.producto_id FROM (
        SELECT producto_id, deposito_id, sum(cantidad) AS cantidad FROM deposito.lotes GROUP BY producto_id, deposito_id
      ) AS l JOIN deposito.productos AS p ON p.id = l.producto_id
        LEFT JOIN deposito.existencias AS e USING (producto_id, deposito_id)
      WHERE l.cantidad
        > CASE WHEN l.deposito_id = 1 THEN p.stock_actual - p.stock_otros ELSE COALESCE(e.cantidad, 0) END
    ), malos AS (
      SELECT COALESCE(p.id, l.producto_id) AS id, p.id IS NOT NULL AS existe, CASE
          WHEN p.id IS NULL THEN 'el libro nombra un producto que no existe'
          WHEN NOT COALESCE(l.sigue, true) THEN 'un movimiento no empieza donde terminó el anterior'
          WHEN COALESCE(l.stock, 0) <> p.stock_actual THEN 'el stock no es el que dejan sus movimientos'
          WHEN p.stock_otros <> COALESCE((SELECT sum(cantidad) FROM deposito.existencias WHERE producto_id = p.id), 0)
            THEN 'las partes de los depósitos no suman'
          WHEN p.id IN (SELECT producto_id FROM distintos) THEN 'un depósito no tiene lo que dejan sus movimientos'
          WHEN p.id IN (SELECT producto_id FROM lotes_distintos) THEN 'un lote no tiene lo que dejan sus movimientos'
          WHEN p.id IN (SELECT producto_id FROM lotes_de_mas) THEN 'los lotes tienen más que su depósito'
        END AS motivo
      FROM deposito.productos AS p FULL JOIN libro AS l ON l.producto_id = p.id
    )
    SELECT cuenta.revisados, cuenta.malos, m.id, m.motivo
    FROM (SELECT count(*) FILTER (WHERE existe) AS revisados, count(motivo) AS malos FROM malos) AS cuenta
      LEFT JOIN (SELECT * FROM malos WHERE motivo IS NOT NULL ORDER BY id LIMIT $1) AS m ON true
    """)

  var routes: [Route] { [route] }

  private var route: Route {
    let operation = Operation(
      "Revisar que los libros cuadren",
      [
        .init(
          .ok, "Lo que se revisó; las primeras \(Self.maximumNamed) inconsistencias, con su motivo.",
          schema: .object([
            "total_productos_revisados": "integer", "inconsistencias_encontradas": "integer",
            "integridad_ok": "boolean",
            "inconsistencias": .list(of: .object(["producto_id": .identifier, "motivo": "string"])),
          ]))
      ])
    return Route(
      .get, "/api/v1/reportes/integrity-check", access: ProductRoutes.readers, operation
    ) { _, _ in .json(try await report.value) }
  }

  private static func check(_ pool: PostgresPool) async throws -> Report {
    do {
      let rows = try await pool.query(
        check, [maximumNamed], deadline: .now + .seconds(maximumSeconds))
      guard let first = rows.first else { throw Problem.internalError }
      var found: [Inconsistency] = []
      for row in rows {
        guard let id = try row.decode("id", as: Int64?.self) else { continue }
        found.append(Inconsistency(productoID: id, motivo: try row.decode("motivo")))
      }
      let count: Int = try first.decode("malos")
      return Report(
        totalProductosRevisados: try first.decode("revisados"), inconsistenciasEncontradas: count,
        integridadOK: count == 0, inconsistencias: found)
    } catch let error as PostgresError {
      throw try Problem.database(error)
    }
  }
}
