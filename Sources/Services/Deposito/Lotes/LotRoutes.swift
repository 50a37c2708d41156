import Catalog
import Decimal
import Hummingbird
import JSON
import Postgres
import ServiceKit

/// `GET /api/v1/lotes`: what is there, the first to expire first.
struct LotRoutes: Feature {
  let pool: PostgresPool

  private struct Entry: Encodable {
    let id: Int64
    let productoID: Int64
    let productoCodigo: String
    let depositoID: Int64
    let codigo: String
    let vence: String?
    let cantidad: Quantity

    enum CodingKeys: String, CodingKey {
      case id, codigo, vence, cantidad
      case productoID = "producto_id"
      case productoCodigo = "producto_codigo"
      case depositoID = "deposito_id"
    }
  }

  private struct Answer: Encodable {
    let lotes: [Entry]
    let total: Int
  }

  private static let list = Statement(
    "lotes",
    """
    SELECT l.id, l.producto_id, p.codigo AS producto_codigo, l.deposito_id, l.codigo,
      to_char(l.vence, 'YYYY-MM-DD') AS vence, l.cantidad, count(*) OVER () AS total
    FROM deposito.lotes AS l JOIN deposito.productos AS p ON p.id = l.producto_id
    WHERE l.cantidad > 0 AND ($1::bigint IS NULL OR l.producto_id = $1)
      AND ($2::bigint IS NULL OR l.deposito_id = $2) AND ($3::date IS NULL OR l.vence <= $3)
    ORDER BY l.vence, l.id LIMIT $4 OFFSET $5
    """)

  var routes: [Route] { [list] }

  private var list: Route {
    let operation = Operation(
      "Listar los lotes que tienen algo, primero los que vencen antes",
      parameters: [
        .init("producto_id", in: .query, .identifier, "Sólo los de ese producto."),
        .init("deposito_id", in: .query, .identifier, "Sólo los de ese depósito."),
        .init(
          "vence_hasta", in: .query, Schema(["type": "string", "format": "date"]),
          "Sólo los que vencen ese día o antes."),
      ] + ListRange.parameters,
      [
        .init(
          .ok, "Una página.",
          schema: .object([
            "lotes": .list(
              of: .object(
                [
                  "id": .identifier, "producto_id": .identifier, "producto_codigo": "string",
                  "deposito_id": .identifier, "codigo": "string",
                  "vence": Schema(["type": "string", "format": "date"]).nullable,
                  "cantidad": .number(decimals: Thousandths.digits, minimum: 0),
                ], required: ["id", "producto_id", "producto_codigo", "deposito_id", "codigo", "cantidad"])),
            "total": "integer",
          ])),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, "/api/v1/lotes", access: ProductRoutes.readers, operation) { request, _ in
      var query = QueryReader(request)
      let product = query.identifier("producto_id")
      let warehouse = query.identifier("deposito_id")
      let until = query.day("vence_hasta")
      let page = ListRange(&query)
      try query.finish()
      return .json(try await lots([product, warehouse, until, page.size, page.offset]))
    }
  }

  private func lots(_ parameters: [any PostgresEncodable]) async throws -> Answer {
    do {
      let rows = try await pool.query(Self.list, parameters)
      return Answer(
        lotes: try rows.map { row throws(PostgresError) in
          Entry(
            id: try row.decode("id"), productoID: try row.decode("producto_id"),
            productoCodigo: try row.decode("producto_codigo"), depositoID: try row.decode("deposito_id"),
            codigo: try row.decode("codigo"), vence: try row.decode("vence"), cantidad: try row.decode("cantidad"))
        }, total: try rows.first?.decode("total") ?? 0)
    } catch {
      throw try Problem.database(error)
    }
  }
}
