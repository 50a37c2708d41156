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
  let user: String

  init(
    _ kind: MovementKind, of productID: Int64, _ amount: Amount, in warehouseID: Int64 = Warehouse.defaultID,
    to destinationID: Int64? = nil, reason: String, reference: String? = nil, by user: String
  ) {
    self.kind = kind
    self.productID = productID
    self.amount = amount
    self.warehouseID = warehouseID
    self.destinationID = destinationID
    self.reason = reason
    self.reference = reference
    self.user = user
  }
}
