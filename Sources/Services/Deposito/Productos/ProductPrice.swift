import Decimal
import ServiceKit

/// What a product costs.
struct ProductPrice: Encodable {
  let codigo: String
  let nombre: String
  let precioCompra: Money
  let precioVenta: Money
  let moneda = "ARS"

  init(_ product: Product) {
    codigo = product.codigo
    nombre = product.nombre
    precioCompra = product.precioCompra
    precioVenta = product.precioVenta
  }

  enum CodingKeys: String, CodingKey {
    case codigo, nombre, moneda
    case precioCompra = "precio_compra"
    case precioVenta = "precio_venta"
  }

  static let schema = Schema.object([
    "codigo": "string", "nombre": "string", "precio_compra": .number(decimals: Cents.digits, minimum: 0),
    "precio_venta": .number(decimals: Cents.digits, minimum: 0), "moneda": .oneOf(["ARS"]),
  ])
}
