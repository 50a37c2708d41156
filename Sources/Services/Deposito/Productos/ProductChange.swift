import Decimal
import Postgres
import ServiceKit

/// What a client wants changed of a product; what it does not name stays.
struct ProductChange: Sendable {
  private let parameters: [any PostgresEncodable]
  /// The code that it shall have, for the message where another has it.
  let codigo: String?

  static let statement = Statement(
    "producto_cambiar",
    """
    UPDATE deposito.productos SET codigo = COALESCE($3, codigo), nombre = COALESCE($4, nombre),
      descripcion = CASE WHEN $5 THEN $6 ELSE descripcion END, categoria = COALESCE($7, categoria),
      codigos_barras = COALESCE($8::text[], codigos_barras), precio_compra = COALESCE($9, precio_compra),
      precio_venta = COALESCE($10, precio_venta), stock_minimo = COALESCE($11, stock_minimo),
      stock_maximo = COALESCE($12, stock_maximo), ubicacion = CASE WHEN $13 THEN $14 ELSE ubicacion END,
      version = version + 1, updated_at = now()
    WHERE id = $1 AND activo AND ($2::bigint[] IS NULL OR version = ANY ($2))
    RETURNING \(Product.columns)
    """)

  init(reading fields: inout FieldReader) throws(Problem) {
    let codigo = fields.optionalText("codigo", length: 1...64)
    self.codigo = codigo
    let nombre = fields.optionalText("nombre", length: 1...200)
    let descripcion = fields.optionalText("descripcion", length: 0...2_000)
    let categoria = fields.optionalText("categoria", length: 1...64)
    let barcodes = fields.barcodes()
    let compra = fields.optionalDecimal("precio_compra", in: ProductDraft.prices)
    let venta = fields.optionalDecimal("precio_venta", in: ProductDraft.prices)
    let minimo = fields.optionalDecimal("stock_minimo", in: ProductDraft.quantities)
    let maximo = fields.optionalDecimal("stock_maximo", in: ProductDraft.quantities)
    let ubicacion = fields.optionalText("ubicacion", length: 1...100)
    for name in Self.required where fields.isNull(name) { fields.reject(name, "no puede ser null") }
    try fields.finish()
    guard !fields.isEmpty else { throw .validation([FieldProblem(field: "", message: "no hay nada que cambiar")]) }
    parameters = [
      codigo, nombre, fields.isPresent("descripcion"), descripcion, categoria, barcodes, compra, venta, minimo,
      maximo, fields.isPresent("ubicacion"), ubicacion,
    ]
  }

  private static let required = [
    "codigo", "nombre", "categoria", "codigos_barras", "precio_compra", "precio_venta", "stock_minimo", "stock_maximo",
  ]

  /// - Parameter versions: one of which the product must have; nil: any.
  func parameters(of id: Int64, versions: [Int64]?) -> [any PostgresEncodable] { [id, versions] + parameters }

  static let schema = Schema.body(ProductDraft.properties.filter { $0.key != "stock_actual" }, required: [])
}

extension FieldReader {
  static let maximumBarcodes = 20

  /// `codigos_barras`, or `codigo_barras` alone; nil where there is neither.
  mutating func barcodes() -> [String]? {
    let first = optionalText("codigo_barras", length: 13...13)
    let list = optionalTexts("codigos_barras", length: 13...13, count: 0...Self.maximumBarcodes)
    if let first, let list, list.first != first {
      reject("codigo_barras", "tiene que ser el primero de codigos_barras")
    }
    let codes = list ?? first.map { [$0] } ?? (isNull("codigo_barras") ? [] : nil)
    for code in codes ?? [] where code.count == 13 && !EAN13.isValid(code) {
      reject(
        list == nil ? "codigo_barras" : "codigos_barras", "\(code) no es un EAN-13 con dígito verificador correcto")
    }
    return codes
  }
}
