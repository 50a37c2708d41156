import TestSupport

/// A reader of protocol buffers that knows nothing of how ours are written: fields by number, strict about everything
/// that the wire format forbids (https://protobuf.dev/programming-guides/encoding/).
struct ProtobufMessage {
  enum Value: Equatable {
    case varint(UInt64)
    case fixed64(UInt64)
    case bytes([UInt8])
  }

  let fields: [(number: Int, value: Value)]

  init(_ bytes: [UInt8]) throws {
    var (rest, fields) = (bytes[...], [(number: Int, value: Value)]())
    while !rest.isEmpty {
      let tag = try Self.varint(&rest)
      let number = Int(tag >> 3)
      guard number > 0 else { throw TestSupportError("field number 0") }
      switch tag & 7 {
      case 0: fields.append((number, .varint(try Self.varint(&rest))))
      case 1:
        let word = try Self.take(8, &rest)
        fields.append((number, .fixed64(word.reversed().reduce(0) { $0 << 8 | UInt64($1) })))
      case 2:
        let count = Int(try Self.varint(&rest))
        fields.append((number, .bytes(try Self.take(count, &rest))))
      case let type: throw TestSupportError("wire type \(type)")
      }
    }
    self.fields = fields
  }

  /// Messages each behind its length.
  static func delimited(_ bytes: [UInt8]) throws -> [ProtobufMessage] {
    var (rest, messages) = (bytes[...], [ProtobufMessage]())
    while !rest.isEmpty {
      let count = Int(try varint(&rest))
      messages.append(try ProtobufMessage(try take(count, &rest)))
    }
    return messages
  }

  func all(_ number: Int) -> [Value] { fields.filter { $0.number == number }.map(\.value) }
  func message(_ number: Int) throws -> ProtobufMessage? { try messages(number).last }

  func messages(_ number: Int) throws -> [ProtobufMessage] {
    try all(number).map { value in
      guard case .bytes(let bytes) = value else { throw TestSupportError("field \(number) is no message") }
      return try ProtobufMessage(bytes)
    }
  }

  func text(_ number: Int) -> String? {
    guard case .bytes(let bytes)? = all(number).last else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  func double(_ number: Int) -> Double? {
    guard case .fixed64(let bits)? = all(number).last else { return nil }
    return Double(bitPattern: bits)
  }

  func unsigned(_ number: Int) -> UInt64? {
    guard case .varint(let value)? = all(number).last else { return nil }
    return value
  }

  func signed(_ number: Int) -> Int64? { unsigned(number).map(Self.unzigzag) }

  /// A packed list of zigzag varints.
  func packedSigned(_ number: Int) throws -> [Int64] {
    try all(number).flatMap { value -> [Int64] in
      guard case .bytes(let bytes) = value else { throw TestSupportError("field \(number) is not packed") }
      var (rest, numbers) = (bytes[...], [Int64]())
      while !rest.isEmpty { numbers.append(Self.unzigzag(try Self.varint(&rest))) }
      return numbers
    }
  }

  private static func unzigzag(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(value & 1) }

  private static func varint(_ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
    var (value, shift) = (UInt64(0), UInt64(0))
    while let byte = rest.popFirst() {
      guard shift < 64 else { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    throw TestSupportError("a varint without an end")
  }

  private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws -> [UInt8] {
    guard count >= 0, count <= rest.count else { throw TestSupportError("\(count) bytes of \(rest.count)") }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}

/// A native histogram as a page has it, field numbers of `io.prometheus.client.Histogram`.
struct ReadNativeHistogram {
  let count: UInt64
  let sum: Double
  let schema: Int
  let zeroThreshold: Double
  let zeroCount: UInt64
  let positive: [Int: UInt64]
  let negative: [Int: UInt64]
  let classic: [(bound: Double, count: UInt64)]

  var populated: Int { positive.count + negative.count }

  /// Of the first series of the family; nil where the page has none.
  init?(_ page: [UInt8], _ name: String) throws {
    let families = try ProtobufMessage.delimited(page)
    guard let family = families.first(where: { $0.text(1) == name }), family.unsigned(3) == 4,
      let histogram = try family.message(4)?.message(7)
    else { return nil }
    count = histogram.unsigned(1) ?? 0
    sum = histogram.double(2) ?? .nan
    schema = Int(histogram.signed(5) ?? .min)
    zeroThreshold = histogram.double(6) ?? .nan
    zeroCount = histogram.unsigned(7) ?? 0
    negative = try Self.buckets(histogram, spans: 9, deltas: 10)
    positive = try Self.buckets(histogram, spans: 12, deltas: 13)
    classic = try histogram.messages(3).map { ($0.double(2) ?? .nan, $0.unsigned(1) ?? 0) }
  }

  private static func buckets(_ histogram: ProtobufMessage, spans: Int, deltas: Int) throws -> [Int: UInt64] {
    var (index, count, buckets) = (0, Int64(0), [Int: UInt64]())
    var rest = try histogram.packedSigned(deltas)[...]
    for (position, span) in try histogram.messages(spans).enumerated() {
      let offset = Int(span.signed(1) ?? 0)
      guard position == 0 || offset > 0 else { throw TestSupportError("spans that touch or overlap") }
      index += offset
      for _ in 0..<(span.unsigned(2) ?? 0) {
        guard let delta = rest.popFirst() else { throw TestSupportError("fewer deltas than buckets") }
        count += delta
        guard count > 0 else { throw TestSupportError("a bucket of \(count)") }
        buckets[index] = UInt64(count)
        index += 1
      }
    }
    guard rest.isEmpty else { throw TestSupportError("more deltas than buckets") }
    return buckets
  }
}
