import Foundation

/// One entry as a receiver sees it.
struct ReceivedEntry: Hashable, Sendable {
  let labels: String
  let seconds: Int64
  let nanoseconds: Int64
  let line: [UInt8]
  let metadata: [String: String]

  var text: String { String(decoding: line, as: UTF8.self) }
}

struct DecodingProblem: Error, CustomStringConvertible {
  let description: String
}

/// Reads a push request from its bytes, written from the formats' texts alone, and more strictly than Loki: it refuses
/// unknown fields, other wire types, repeated scalars, numbers with spare bytes, and bytes left over.
enum PushDecoder {
  static func decode(_ body: [UInt8]) throws -> [[ReceivedEntry]] {
    var request = Wire(try Snappy.decode(body))
    var streams: [[ReceivedEntry]] = []
    while let field = try request.next() {
      guard field.number == 1 else { throw DecodingProblem(description: "PushRequest has a field \(field.number)") }
      streams.append(try stream(Wire(try field.bytes())))
    }
    return streams
  }

  private static func stream(_ wire: Wire) throws -> [ReceivedEntry] {
    var wire = wire
    var labels: String?
    var entries: [ReceivedEntry] = []
    while let field = try wire.next() {
      switch field.number {
      case 1 where labels == nil: labels = try field.text()
      case 2:
        guard let labels else { throw DecodingProblem(description: "an entry before the labels") }
        entries.append(try entry(Wire(try field.bytes()), labels))
      default: throw DecodingProblem(description: "StreamAdapter has a field \(field.number)")
      }
    }
    return entries
  }

  private static func entry(_ wire: Wire, _ labels: String) throws -> ReceivedEntry {
    var wire = wire
    var time: (seconds: Int64, nanoseconds: Int64)?
    var line: [UInt8]?
    var metadata: [String: String] = [:]
    while let field = try wire.next() {
      switch field.number {
      case 1 where time == nil: time = try timestamp(Wire(try field.bytes()))
      case 2 where line == nil: line = Array(try field.text().utf8)
      case 3:
        let (name, value) = try pair(Wire(try field.bytes()))
        guard metadata.updateValue(value, forKey: name) == nil else {
          throw DecodingProblem(description: "\(name) stands twice in the structured metadata")
        }
      default: throw DecodingProblem(description: "EntryAdapter has a field \(field.number)")
      }
    }
    guard let time, let line else { throw DecodingProblem(description: "an entry without time or line") }
    return ReceivedEntry(
      labels: labels, seconds: time.seconds, nanoseconds: time.nanoseconds, line: line, metadata: metadata)
  }

  private static func timestamp(_ wire: Wire) throws -> (Int64, Int64) {
    var wire = wire
    var values: [UInt64: Int64] = [:]
    while let field = try wire.next() {
      guard (1...2).contains(field.number), values.updateValue(try field.number64(), forKey: field.number) == nil else {
        throw DecodingProblem(description: "Timestamp has a field \(field.number)")
      }
    }
    let nanoseconds = values[2] ?? 0
    guard (0..<1_000_000_000).contains(nanoseconds) else { throw DecodingProblem(description: "\(nanoseconds) ns") }
    return (values[1] ?? 0, nanoseconds)
  }

  private static func pair(_ wire: Wire) throws -> (String, String) {
    var wire = wire
    var values: [UInt64: String] = [:]
    while let field = try wire.next() {
      guard (1...2).contains(field.number), values.updateValue(try field.text(), forKey: field.number) == nil else {
        throw DecodingProblem(description: "LabelPairAdapter has a field \(field.number)")
      }
    }
    guard let name = values[1], let value = values[2], !name.isEmpty else {
      throw DecodingProblem(description: "a pair without name or value")
    }
    return (name, value)
  }
}

/// A protobuf message, field by field.
struct Wire {
  struct Field {
    let number: UInt64
    fileprivate let type: UInt64
    fileprivate let value: UInt64
    fileprivate let content: [UInt8]

    func bytes() throws -> [UInt8] {
      guard type == 2 else { throw DecodingProblem(description: "field \(number) has wire type \(type), not 2") }
      return content
    }

    func text() throws -> String {
      guard let text = String(validating: try bytes(), as: UTF8.self) else {
        throw DecodingProblem(description: "field \(number) is no UTF-8")
      }
      return text
    }

    func number64() throws -> Int64 {
      guard type == 0 else { throw DecodingProblem(description: "field \(number) has wire type \(type), not 0") }
      return Int64(bitPattern: value)
    }
  }

  private let all: [UInt8]
  private var offset = 0

  init(_ all: [UInt8]) { self.all = all }

  mutating func next() throws -> Field? {
    if offset == all.count { return nil }
    let key = try varint()
    guard key >> 3 > 0 else { throw DecodingProblem(description: "field 0") }
    let value = try varint()
    switch key & 7 {
    case 0: return Field(number: key >> 3, type: 0, value: value, content: [])
    case 2:
      guard value <= UInt64(all.count - offset) else { throw DecodingProblem(description: "a message is cut off") }
      defer { offset += Int(value) }
      return Field(number: key >> 3, type: 2, value: 0, content: Array(all[offset..<offset + Int(value)]))
    default: throw DecodingProblem(description: "wire type \(key & 7)")
    }
  }

  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<10 {
      guard offset < all.count else { throw DecodingProblem(description: "a number is cut off") }
      let byte = all[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << UInt64(7 * index)
      if byte < 0x80 {
        guard byte != 0 || index == 0 else { throw DecodingProblem(description: "a number with spare bytes") }
        return value
      }
    }
    throw DecodingProblem(description: "a number of more than ten bytes")
  }
}

/// Snappy's block format (https://github.com/google/snappy/blob/main/format_description.txt), decoded byte by byte.
enum Snappy {
  static func decode(_ input: [UInt8]) throws -> [UInt8] {
    var rest = input[...]
    func take(_ count: Int) throws -> [UInt8] {
      guard rest.count >= count else { throw DecodingProblem(description: "Snappy data is cut off") }
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    func little(_ count: Int) throws -> Int { try take(count).reversed().reduce(0) { $0 << 8 | Int($1) } }
    var (expected, shift) = (0, 0)
    while true {
      let byte = Int(try little(1))
      expected |= (byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
      guard shift < 35 else { throw DecodingProblem(description: "Snappy's length is too long") }
    }
    var output: [UInt8] = []
    output.reserveCapacity(expected)
    while !rest.isEmpty {
      let tag = try little(1)
      if tag & 3 == 0 {
        let short = tag >> 2
        output += try take(1 + (short < 60 ? short : try little(short - 59)))
        continue
      }
      let length = tag & 3 == 1 ? 4 + (tag >> 2 & 7) : 1 + tag >> 2
      let offset = tag & 3 == 1 ? (tag >> 5) << 8 | (try little(1)) : try little(tag & 3 == 2 ? 2 : 4)
      guard offset > 0, offset <= output.count else { throw DecodingProblem(description: "Snappy copies from nowhere") }
      for _ in 0..<length { output.append(output[output.count - offset]) }
    }
    guard output.count == expected else {
      throw DecodingProblem(description: "Snappy promised \(expected) bytes and gave \(output.count)")
    }
    return output
  }
}
