import Decimal
import ServiceKit

/// What a client sends to create a product.
struct ProductDraft: Sendable {
  let codigo: String
  let nombre: String
  let descripcion: String?
  let categoria: String
  let codigosBarras: [String]
  let precioCompra: Money
  let precioVenta: Money
  let stockActual: Quantity
  let stockMinimo: Quantity
  let stockMaximo: Quantity
  let ubicacion: String?

  /// Twelve digits of money are beyond any price, and sums of them stay within NUMERIC(18,2).
  static let prices = Money.zero...(Money("999999999999.99") ?? .zero)
  static let quantities = Quantity.zero...(Quantity("999999999999.999") ?? .zero)

  init(reading fields: inout FieldReader) throws(Problem) {
    codigo = fields.text("codigo", length: 1...64)
    nombre = fields.text("nombre", length: 1...200)
    descripcion = fields.optionalText("descripcion", length: 0...2_000)
    categoria = fields.text("categoria", length: 1...64)
    codigosBarras = fields.barcodes() ?? []
    precioCompra = fields.decimal("precio_compra", in: Self.prices)
    precioVenta = fields.decimal("precio_venta", in: Self.prices)
    stockActual = fields.optionalDecimal("stock_actual", in: Self.quantities) ?? .zero
    stockMinimo = fields.optionalDecimal("stock_minimo", in: Self.quantities) ?? .zero
    stockMaximo = fields.optionalDecimal("stock_maximo", in: Self.quantities) ?? .zero
    ubicacion = fields.optionalText("ubicacion", length: 1...100)
    try fields.finish()
  }

  static let properties: [String: Schema] = [
    "codigo": .text(1...64), "nombre": .text(1...200), "descripcion": Schema.text(0...2_000).nullable,
    "categoria": .text(1...64), "codigo_barras": Schema.text(13...13).nullable,
    "codigos_barras": .list(of: .text(13...13), maximum: FieldReader.maximumBarcodes),
    "precio_compra": .number(decimals: Cents.digits, minimum: 0),
    "precio_venta": .number(decimals: Cents.digits, minimum: 0),
    "stock_actual": .number(decimals: Thousandths.digits, minimum: 0),
    "stock_minimo": .number(decimals: Thousandths.digits, minimum: 0),
    "stock_maximo": .number(decimals: Thousandths.digits, minimum: 0),
    "ubicacion": Schema.text(1...100).nullable,
  ]
  static let schema = Schema.body(
    properties, required: ["codigo", "nombre", "categoria", "precio_compra", "precio_venta"])
}

/// GS1's thirteen digits, the last of which checks the others
/// (GS1 General Specifications §7.9: weights 1 and 3 from the left, up to the next ten).
enum EAN13 {
  static func isValid(_ code: String) -> Bool {
    let digits = code.utf8.map { Int($0) - Int(UInt8(ascii: "0")) }
    guard digits.count == 13, digits.allSatisfy({ (0...9).contains($0) }) else { return false }
    let sum = digits.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) }
    return sum % 10 == 0
  }
}
