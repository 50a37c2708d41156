import JSON

/// A JSON Schema (2020-12, as OpenAPI 3.1 uses it).
package struct Schema: Sendable, ExpressibleByStringLiteral {
  package let json: JSONValue

  package init(_ json: JSONValue) { self.json = json }

  /// A primitive type by its name.
  package init(stringLiteral type: String) { json = ["type": .string(type)] }

  /// - Parameter required: names of the fields that are always there; nil: all of them.
  package static func object(_ properties: [String: Schema], required: [String]? = nil) -> Schema {
    let names = (required ?? Array(properties.keys)).sorted()
    return Schema([
      "type": "object", "properties": .object(properties.mapValues(\.json)),
      "required": .array(names.map { .string($0) }),
    ])
  }

  /// The same, refusing fields that are not declared: what a request's body is.
  package static func body(_ properties: [String: Schema], required: [String]) -> Schema {
    guard case .object(var fields) = object(properties, required: required).json else { return "object" }
    fields["additionalProperties"] = false
    return Schema(.object(fields))
  }

  package static func list(of element: Schema) -> Schema { Schema(["type": "array", "items": element.json]) }

  package static func list(of element: Schema, count: ClosedRange<Int>) -> Schema {
    Schema([
      "type": "array", "items": element.json, "minItems": .number(.init(count.lowerBound)),
      "maxItems": .number(.init(count.upperBound)),
    ])
  }

  /// Of elements that differ, so many at the most.
  package static func list(of element: Schema, maximum: Int) -> Schema {
    Schema([
      "type": "array", "items": element.json, "maxItems": .number(.init(maximum)), "uniqueItems": true,
    ])
  }

  package static func reference(_ name: String) -> Schema {
    Schema(["$ref": .string("#/components/schemas/\(name)")])
  }

  package static func oneOf(_ values: [String]) -> Schema {
    Schema(["type": "string", "enum": .array(values.map { .string($0) })])
  }

  package static func text(_ length: ClosedRange<Int>) -> Schema {
    Schema([
      "type": "string", "minLength": .number(.init(length.lowerBound)), "maxLength": .number(.init(length.upperBound)),
    ])
  }

  /// - Parameter decimals: how many the number may have.
  package static func number(decimals: Int, minimum: Int? = nil) -> Schema {
    var fields: [String: JSONValue] = [
      "type": "number", "description": .string("Exacto, con hasta \(decimals) decimales."),
    ]
    if let minimum { fields["minimum"] = .number(.init(minimum)) }
    return Schema(.object(fields))
  }

  package static let identifier = Schema(["type": "integer", "format": "int64", "minimum": 1])
  package static let instant = Schema(["type": "string", "format": "date-time"])

  package var nullable: Schema {
    if case .object(var fields) = json, case .string(let type)? = fields["type"] {
      fields["type"] = [.string(type), "null"]
      return Schema(.object(fields))
    }
    return Schema(["anyOf": [json, ["type": "null"]]])
  }
}
