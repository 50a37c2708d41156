import Decimal
import JSON
import Postgres
import ServiceKit

/// How a client names a lot.
struct LotName: Sendable, Equatable {
  let code: String
  /// `2026-12-31`; nil: it does not expire, or whoever sends it does not say.
  let expiry: String?

  init(code: String, expiry: String?) {
    self.code = code
    self.expiry = expiry
  }

  /// nil where the field is absent.
  init?(reading fields: inout FieldReader) {
    guard var object = fields.optionalObject("lote") else { return nil }
    code = object.text("codigo", length: 1...64)
    expiry = object.optionalDay("vence")
    for problem in object.remaining { fields.reject("lote.\(problem.field)", problem.message) }
  }

  static let schema = Schema.body(
    ["codigo": .text(1...64), "vence": Schema(["type": "string", "format": "date"]).nullable], required: ["codigo"])
}

/// Units of a product that came together, in one warehouse.
struct Lot: Sendable, Equatable {
  /// Below zero: it is new, and gets its identifier when it is written.
  let id: Int64
  let warehouse: Int64
  let code: String
  let expiry: String?
  var quantity: Quantity
}

/// What a movement took from a lot (below zero) or gave to it.
struct LotChange: Sendable, Equatable {
  let lotID: Int64
  let code: String
  let expiry: String?
  let quantity: Quantity
}

/// The lots of one product, and what movements make of them: the first to expire goes out first. No IO.
struct LotShelf: Sendable {
  private(set) var lots: [Lot]
  private(set) var changed: Set<Int64> = []
  private var newCount: Int64 = 0

  init(_ lots: [Lot] = []) { self.lots = lots }

  /// Gives to a lot, which is made where it is not there.
  mutating func put(
    _ quantity: Quantity, in warehouse: Int64, _ name: LotName
  ) throws(StockBook.Refusal) -> LotChange {
    let index: Int
    if let known = lots.firstIndex(where: { $0.warehouse == warehouse && $0.code == name.code }) {
      guard name.expiry == nil || name.expiry == lots[known].expiry else { throw .otherExpiry }
      index = known
    } else {
      newCount += 1
      lots.append(
        Lot(id: -newCount, warehouse: warehouse, code: name.code, expiry: name.expiry, quantity: .zero))
      index = lots.count - 1
    }
    return try change(index, by: quantity)
  }

  /// Takes from one lot, which must have it.
  mutating func take(
    _ quantity: Quantity, from warehouse: Int64, _ name: LotName
  ) throws(StockBook.Refusal) -> LotChange {
    guard
      let index = lots.firstIndex(where: {
        $0.warehouse == warehouse && $0.code == name.code && $0.quantity >= quantity
      })
    else { throw .notEnoughStock }
    return try change(index, by: -quantity)
  }

  /// Takes up to so much, from the first to expire on; what does not expire comes last.
  mutating func takeFirstExpired(
    _ quantity: Quantity, from warehouse: Int64
  ) throws(StockBook.Refusal) -> [LotChange] {
    var rest = quantity
    var changes: [LotChange] = []
    let order = lots.indices.filter { lots[$0].warehouse == warehouse && lots[$0].quantity > .zero }.sorted {
      // Days of RFC 3339 sort as texts.
      (lots[$0].expiry ?? "~", lots[$0].id) < (lots[$1].expiry ?? "~", lots[$1].id)
    }
    for index in order where rest > .zero {
      let part = min(rest, lots[index].quantity)
      changes.append(try change(index, by: -part))
      rest = rest.adding(-part) ?? .zero
    }
    return changes
  }

  /// What the lots of a warehouse hold.
  func total(in warehouse: Int64) -> Quantity {
    lots.reduce(.zero) { $1.warehouse == warehouse ? $0.adding($1.quantity) ?? $0 : $0 }
  }

  private mutating func change(_ index: Int, by quantity: Quantity) throws(StockBook.Refusal) -> LotChange {
    guard let result = lots[index].quantity.adding(quantity) else { throw .tooMuchStock }
    lots[index].quantity = result
    changed.insert(lots[index].id)
    return LotChange(lotID: lots[index].id, code: lots[index].code, expiry: lots[index].expiry, quantity: quantity)
  }
}

extension LotChange: Encodable {
  enum CodingKeys: String, CodingKey {
    case codigo, vence, cantidad
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(code, forKey: .codigo)
    try fields.encodeIfPresent(expiry, forKey: .vence)
    try fields.encode(quantity, forKey: .cantidad)
  }

  static let schema = Schema.object(
    [
      "codigo": "string", "vence": Schema(["type": "string", "format": "date"]).nullable,
      "cantidad": .number(decimals: Thousandths.digits),
    ], required: ["codigo", "cantidad"])
}
