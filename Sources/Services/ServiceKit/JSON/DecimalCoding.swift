import Decimal
import JSON

extension FixedDecimal: Encodable {
  /// A JSON number with no more digits than it needs.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(JSONNumber(self))
  }
}

extension JSONNumber {
  package init<Scale>(_ value: FixedDecimal<Scale>) { self.init(units: value.units, decimals: Scale.digits) }
}
