import Decimal
import ServiceKit

/// What moves stock.
enum MovementKind: String, CaseIterable, Sendable {
  case entrada = "ENTRADA"
  case salida = "SALIDA"
}

struct MovementRequest: Sendable {
  let productID: Int64
  let kind: MovementKind
  let quantity: Quantity
  let reason: String
  let reference: String?

  init(reading fields: inout FieldReader) throws(Problem) {
    productID = fields.identifier("producto_id")
    let kind = fields.choice("tipo_movimiento", of: MovementKind.self)
    quantity = fields.decimal("cantidad", in: Self.smallest...ProductDraft.quantities.upperBound)
    reason = fields.text("motivo", length: 1...200)
    reference = fields.optionalText("referencia", length: 1...200)
    try fields.finish()
    guard let kind else { throw .internalError }
    self.kind = kind
  }

  private static let smallest = Quantity(units: 1) ?? .zero

  static let schema = Schema.body(
    [
      "producto_id": .identifier, "tipo_movimiento": .oneOf(MovementKind.allCases.map(\.rawValue)),
      "cantidad": .number(decimals: Thousandths.digits), "motivo": .text(1...200),
      "referencia": Schema.text(1...200).nullable,
    ], required: ["producto_id", "tipo_movimiento", "cantidad", "motivo"])
}
