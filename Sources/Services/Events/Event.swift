import Redis

/// What happened to a product, as `tipo` spells it.
package enum EventKind: String, Sendable, CaseIterable {
  /// A movement is in the ledger. Its data: `producto_id, movimiento_id, tipo, cantidad, stock_anterior, stock_actual,
  /// deposito_id, deposito_destino_id, motivo, version, usuario`.
  case stockUpdated = "stock_updated"
  case productCreated = "product_created"
  case productUpdated = "product_updated"
  case productDeleted = "product_deleted"
}

/// The names that writers and readers share.
package enum EventStream {
  /// What AgenteDepósito publishes. Entries are never removed from it.
  package static let deposito = "minimarket:deposito:eventos"

  /// Where entries of a stream go that a group cannot handle.
  package static func setAside(of stream: String) -> String { "\(stream):apartados" }
}

/// One event. A product's events come in the order of their identifiers, each at least once.
package struct Event: Sendable, Equatable {
  /// The outbox's: the same in each repetition.
  package let id: Int64
  package let kind: EventKind
  package let productID: Int64
  /// When the change was made: RFC 3339 in UTC, with microseconds.
  package let occurredAt: String
  /// A JSON object.
  package let data: String

  package init(id: Int64, kind: EventKind, productID: Int64, occurredAt: String, data: String) {
    self.id = id
    self.kind = kind
    self.productID = productID
    self.occurredAt = occurredAt
    self.data = data
  }
}

// MARK: As an entry of the stream

extension Event {
  package static let idField = "id"
  package static let kindField = "tipo"
  package static let productField = "producto_id"
  package static let occurredField = "ocurrido_at"
  package static let dataField = "datos"

  /// Fields and values in turn, as XADD wants them.
  package var fields: [String] {
    [
      Self.idField, "\(id)", Self.kindField, kind.rawValue, Self.productField, "\(productID)", Self.occurredField,
      occurredAt, Self.dataField, data,
    ]
  }

  /// nil for an entry that is no event, or of a kind that this program does not know. Fields that it does not know are
  /// left out, so that a newer writer can add some.
  package init?(fields: [String]) {
    var values: [String: String] = [:]
    for index in stride(from: 0, to: fields.count - 1, by: 2) { values[fields[index]] = fields[index + 1] }
    guard let id = values[Self.idField].flatMap({ Int64($0) }),
      let kind = values[Self.kindField].flatMap(EventKind.init),
      let productID = values[Self.productField].flatMap({ Int64($0) }), let data = values[Self.dataField]
    else { return nil }
    self.init(
      id: id, kind: kind, productID: productID, occurredAt: values[Self.occurredField] ?? "", data: data)
  }
}
