import Decimal
import ServiceKit

extension MovementOrder {
  static let quantities = (Quantity(units: 1) ?? .zero)...ProductDraft.quantities.upperBound
  static let differences = -ProductDraft.quantities.upperBound...ProductDraft.quantities.upperBound

  /// A movement as a client writes it.
  init(reading fields: inout FieldReader, by user: String) throws(Problem) {
    let productID = fields.identifier("producto_id")
    let kind = fields.choice("tipo_movimiento", of: MovementKind.self)
    let quantity = fields.decimal("cantidad", in: kind == .ajuste ? Self.differences : Self.quantities)
    if kind == .ajuste, quantity == .zero { fields.reject("cantidad", "no puede ser 0") }
    let warehouse = fields.optionalIdentifier("deposito_id") ?? Warehouse.defaultID
    let destination = fields.optionalIdentifier("deposito_destino_id")
    if kind == .transferencia {
      if destination == nil { fields.reject("deposito_destino_id", "es obligatorio en una TRANSFERENCIA") }
      if destination == warehouse { fields.reject("deposito_destino_id", "tiene que ser otro depósito") }
    } else if destination != nil {
      fields.reject("deposito_destino_id", "es sólo de una TRANSFERENCIA")
    }
    let reason = fields.text("motivo", length: 1...200)
    let reference = fields.optionalText("referencia", length: 1...200)
    let lot = LotName(reading: &fields)
    try fields.finish()
    guard let kind else { throw .internalError }
    self.init(
      kind, of: productID, .by(quantity), in: warehouse, to: destination, reason: reason, reference: reference,
      lot: lot, by: user
    )
  }

  static let schema = Schema.body(
    [
      "producto_id": .identifier, "tipo_movimiento": .oneOf(MovementKind.allCases.map(\.rawValue)),
      "cantidad": .number(decimals: Thousandths.digits), "motivo": .text(1...200),
      "referencia": Schema.text(1...200).nullable, "deposito_id": Schema.identifier.nullable,
      "deposito_destino_id": Schema.identifier.nullable, "lote": LotName.schema.nullable,
    ], required: ["producto_id", "tipo_movimiento", "cantidad", "motivo"])
}
