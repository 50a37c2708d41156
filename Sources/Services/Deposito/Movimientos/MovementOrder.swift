import Catalog
import Decimal

/// What moves stock.
enum MovementKind: String, CaseIterable, Sendable {
  case entrada = "ENTRADA"
  case salida = "SALIDA"
  /// `cantidad` is a signed difference.
  case ajuste = "AJUSTE"
  /// From one warehouse to another: the product's stock stays.
  case transferencia = "TRANSFERENCIA"

  var label: MovementType {
    switch self {
    case .entrada: .entrada
    case .salida: .salida
    case .ajuste: .ajuste
    case .transferencia: .transferencia
    }
  }
}

/// A movement that somebody asks for.
struct MovementOrder: Sendable {
  enum Amount: Sendable {
    /// Of an AJUSTE the difference, else more than zero.
    case by(Quantity)
    /// An AJUSTE after which the product's stock is so much.
    case untilTotal(Quantity)
    /// An AJUSTE after which the warehouse holds so much.
    case untilPart(Quantity)
  }

  let productID: Int64
  let kind: MovementKind
  let amount: Amount
  let warehouseID: Int64
  /// Of a TRANSFERENCIA alone.
  let destinationID: Int64?
  let reason: String
  let reference: String?
  /// The lot that it comes into, or is taken from; nil: what comes in has none, what goes out is the first to expire.
  let lot: LotName?
  let user: String

  init(
    _ kind: MovementKind, of productID: Int64, _ amount: Amount, in warehouseID: Int64 = Warehouse.defaultID,
    to destinationID: Int64? = nil, reason: String, reference: String? = nil, lot: LotName? = nil,
    by user: String
  ) {
    self.kind = kind
    self.productID = productID
    self.amount = amount
    self.warehouseID = warehouseID
    self.destinationID = destinationID
    self.reason = reason
    self.reference = reference
    self.lot = lot
    self.user = user
  }
}

extension MovementOrder {
  /// What makes it the same as another.
  var text: String {
    let amount =
      switch amount {
      case .by(let quantity): "\(quantity)"
      case .untilTotal(let quantity): "=\(quantity)"
      case .untilPart(let quantity): "|\(quantity)"
      }
    return [
      kind.rawValue, "\(productID)", amount, "\(warehouseID)", "\(destinationID ?? 0)", reason, reference ?? "",
      lot?.code ?? "", lot?.expiry ?? "",
    ].joined(separator: "\n")
  }
}
