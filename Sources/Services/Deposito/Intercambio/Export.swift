import Catalog
import Decimal
import Hummingbird
import Postgres
import ServiceKit

/// `GET /api/v1/productos/export` and `/api/v1/stock/movements/export`: everything, as CSV or as lines of JSON, while it
/// is read: a page is held at a time.
struct Export: Feature {
  static let pageRows = 1_000

  private typealias Reader = @Sendable (Row) throws -> (id: Int64, fields: [String?], value: any Encodable)

  let pool: PostgresPool

  var routes: [Route] { [products, movements] }

  enum Format: String, CaseIterable, Sendable {
    case csv, jsonl

    var contentType: String { self == .csv ? "text/csv; charset=utf-8" : "application/x-ndjson" }
  }

  private static let productPage = Statement(
    "productos_exportar",
    """
    SELECT \(Product.columns) FROM deposito.productos WHERE activo AND id > $1 ORDER BY id LIMIT $2
    """)
  private static let movementPage = Statement(
    "movimientos_exportar",
    "SELECT \(Movement.columns) FROM deposito.movimientos WHERE id > $1 ORDER BY id LIMIT $2")

  private var products: Route {
    route("/api/v1/productos/export", "Exportar los productos activos", Self.productPage, Product.csvHeader) { row in
      let product = try Product(row)
      return (product.id, product.csvFields, product)
    }
  }

  private var movements: Route {
    route(
      "/api/v1/stock/movements/export", "Exportar los movimientos, del primero al último", Self.movementPage,
      Movement.csvHeader
    ) { row in
      let movement = try Movement(row)
      return (movement.id, movement.csvFields, movement)
    }
  }

  private func route(
    _ path: String, _ summary: String, _ page: Statement, _ header: [String],
    _ read: @escaping Reader
  ) -> Route {
    let operation = Operation(
      summary,
      parameters: [.init("formato", in: .query, .oneOf(Format.allCases.map(\.rawValue)), "csv o jsonl; si no, csv.")],
      [
        .init(.ok, "El archivo.", schema: "string", mediaTypes: ["text/csv", "application/x-ndjson"]),
        .problem(.unprocessableContent, "Un parámetro no es válido."),
      ])
    return Route(.get, path, access: ProductRoutes.readers, operation) { request, _ in
      var query = QueryReader(request)
      let format = query.choice("formato", of: Format.allCases.map(\.rawValue)).flatMap(Format.init) ?? .csv
      try query.finish()
      // The first page decides whether there is an answer; what fails later cuts it off.
      let first = try await rows(page, after: 0)
      return Response(
        status: .ok, headers: [.contentType: format.contentType],
        body: ResponseBody { writer in
          if format == .csv { try await writer.write(ByteBuffer(string: CSVText.row(header))) }
          var rows = first
          while !rows.isEmpty {
            let (text, last) = try await offLoop { [rows] in try Self.text(rows, format, read) }
            try await writer.write(text)
            rows = rows.count < Self.pageRows ? [] : Array(try await self.rows(page, after: last))
          }
          try await writer.finish(nil)
        })
    }
  }

  /// - Returns: the lines, and the identifier of the last row.
  private static func text(
    _ rows: [Row], _ format: Format, _ read: Reader
  ) throws -> (ByteBuffer, Int64) {
    var buffer = ByteBuffer()
    var last: Int64 = 0
    for row in rows {
      let (id, fields, value) = try read(row)
      last = id
      if format == .csv {
        buffer.writeString(CSVText.row(fields))
      } else {
        var line = JSONCoding.encode(value)
        buffer.writeBuffer(&line)
        buffer.writeString("\n")
      }
    }
    return (buffer, last)
  }

  private func rows(_ page: Statement, after id: Int64) async throws -> [Row] {
    do {
      return Array(try await pool.query(page, [id, Self.pageRows]))
    } catch {
      throw try Problem.database(error)
    }
  }
}

extension Product {
  /// As the import reads them.
  static let csvHeader = [
    "codigo", "nombre", "descripcion", "categoria", "codigo_barras", "precio_compra", "precio_venta", "stock_actual",
    "stock_minimo", "stock_maximo", "ubicacion",
  ]

  var csvFields: [String?] {
    [
      codigo, nombre, descripcion, categoria, codigosBarras.first, "\(precioCompra)", "\(precioVenta)",
      "\(stockActual)", "\(stockMinimo)", "\(stockMaximo)", ubicacion,
    ]
  }
}

extension Movement {
  static let csvHeader = [
    "id", "producto_id", "secuencia", "tipo", "cantidad", "stock_anterior", "stock_resultante", "deposito_id",
    "deposito_destino_id", "motivo", "referencia", "usuario", "created_at",
  ]

  var csvFields: [String?] {
    [
      "\(id)", "\(productoID)", "\(secuencia)", tipo, "\(cantidad)", "\(stockAnterior)", "\(stockResultante)",
      "\(depositoID)", depositoDestinoID.map { "\($0)" }, motivo, referencia, usuario, createdAt,
    ]
  }
}
