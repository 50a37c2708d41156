/// What `Encodable` values write into: each of these puts text at the end of the one output.

/// The place of one value.
struct JSONElement: Encoder {
  let output: JSONOutput

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(
      JSONMembers(output: output, depth: output.open(UInt8(ascii: "{"), UInt8(ascii: "}"))))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    JSONElements(output: output, depth: output.open(UInt8(ascii: "["), UInt8(ascii: "]")))
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingle(output: output) }
}

private struct JSONSingle: SingleValueEncodingContainer {
  let output: JSONOutput

  var codingPath: [any CodingKey] { [] }

  func encodeNil() { output.writeNull() }
  func encode(_ value: Bool) { output.write(value) }
  func encode(_ value: String) { output.write(value) }
  func encode(_ value: Double) throws { try output.write(value) }
  func encode(_ value: Float) throws { try output.write(Double(value)) }
  func encode(_ value: Int) { output.write(integer: value) }
  func encode(_ value: Int8) { output.write(integer: value) }
  func encode(_ value: Int16) { output.write(integer: value) }
  func encode(_ value: Int32) { output.write(integer: value) }
  func encode(_ value: Int64) { output.write(integer: value) }
  func encode(_ value: UInt) { output.write(integer: value) }
  func encode(_ value: UInt8) { output.write(integer: value) }
  func encode(_ value: UInt16) { output.write(integer: value) }
  func encode(_ value: UInt32) { output.write(integer: value) }
  func encode(_ value: UInt64) { output.write(integer: value) }
  func encode(_ value: some Encodable) throws { try output.write(value) }
}

private struct JSONElements: UnkeyedEncodingContainer {
  let output: JSONOutput
  let depth: Int
  private(set) var count = 0

  init(output: JSONOutput, depth: Int) {
    self.output = output
    self.depth = depth
  }

  var codingPath: [any CodingKey] { [] }

  private mutating func next() -> JSONSingle {
    count += 1
    output.element(at: depth)
    return JSONSingle(output: output)
  }

  mutating func encodeNil() { next().encodeNil() }
  mutating func encode(_ value: Bool) { next().encode(value) }
  mutating func encode(_ value: String) { next().encode(value) }
  mutating func encode(_ value: Double) throws { try next().encode(value) }
  mutating func encode(_ value: Float) throws { try next().encode(value) }
  mutating func encode(_ value: Int) { next().encode(value) }
  mutating func encode(_ value: Int8) { next().encode(value) }
  mutating func encode(_ value: Int16) { next().encode(value) }
  mutating func encode(_ value: Int32) { next().encode(value) }
  mutating func encode(_ value: Int64) { next().encode(value) }
  mutating func encode(_ value: UInt) { next().encode(value) }
  mutating func encode(_ value: UInt8) { next().encode(value) }
  mutating func encode(_ value: UInt16) { next().encode(value) }
  mutating func encode(_ value: UInt32) { next().encode(value) }
  mutating func encode(_ value: UInt64) { next().encode(value) }
  mutating func encode(_ value: some Encodable) throws { try next().encode(value) }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    superEncoder().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

  mutating func superEncoder() -> any Encoder {
    _ = next()
    return JSONElement(output: output)
  }
}

private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let output: JSONOutput
  let depth: Int

  var codingPath: [any CodingKey] { [] }

  private func value(of key: some CodingKey) -> JSONSingle {
    output.member(key.stringValue, at: depth)
    return JSONSingle(output: output)
  }

  func encodeNil(forKey key: Key) { value(of: key).encodeNil() }
  func encode(_ value: Bool, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: String, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: Double, forKey key: Key) throws { try self.value(of: key).encode(value) }
  func encode(_ value: Float, forKey key: Key) throws { try self.value(of: key).encode(value) }
  func encode(_ value: Int, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: Int8, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: Int16, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: Int32, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: Int64, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: UInt, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: UInt8, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: UInt16, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: UInt32, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: UInt64, forKey key: Key) { self.value(of: key).encode(value) }
  func encode(_ value: some Encodable, forKey key: Key) throws { try self.value(of: key).encode(value) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    superEncoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    superEncoder(forKey: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    output.member("super", at: depth)
    return JSONElement(output: output)
  }

  func superEncoder(forKey key: Key) -> any Encoder {
    output.member(key.stringValue, at: depth)
    return JSONElement(output: output)
  }
}
