import Logging
import Telemetry

/// The same request as JSON, for receivers that have no protobuf:
/// `{"streams":[{"stream":{"job":"a"},"values":[["<nanoseconds>","<line>",{"<name>":"<value>"}]]}]}`
/// (https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs).
enum JSONPush {
  static func encode(_ streams: [(level: Logger.Level, slots: [EntrySlot])], of block: EntryBlock) -> [UInt8] {
    var bytes = Array("{\"streams\":[".utf8)
    for (index, (level, slots)) in streams.enumerated() {
      bytes += (index == 0 ? "{\"stream\":{" : ",{\"stream\":{").utf8
      for (index, pair) in block.labels.pairs(level: level).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(Array(pair.name.utf8), to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(Array(pair.value.utf8), to: &bytes)
      }
      bytes += "},\"values\":[".utf8
      for (index, slot) in slots.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(slot, Array(block.bytes[slot.entry]), to: &bytes)
      }
      bytes += "]}".utf8
    }
    bytes += "]}".utf8
    return bytes
  }

  private static func append(_ slot: EntrySlot, _ entry: [UInt8], to bytes: inout [UInt8]) {
    // Loki keeps times as this number: from 1677 to 2262.
    let nanoseconds = slot.time.seconds &* 1_000_000_000 &+ slot.time.nanoseconds
    bytes += "[\"\(nanoseconds)\",".utf8
    var pairs: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    for (number, content) in fields(entry[...]) {
      if number == 2 { append(content, to: &bytes) }
      if number == 3 {
        let pair = fields(content)
        pairs.append((pair.first { $0.number == 1 }?.content ?? [], pair.first { $0.number == 2 }?.content ?? []))
      }
    }
    for (index, pair) in pairs.enumerated() {
      bytes += (index == 0 ? ",{" : ",").utf8
      append(pair.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(pair.value, to: &bytes)
    }
    bytes += (pairs.isEmpty ? "]" : "}]").utf8
  }

  private static func fields(_ message: ArraySlice<UInt8>) -> [(number: UInt8, content: ArraySlice<UInt8>)] {
    message.withUnsafeBytes { bytes in
      var fields: [(UInt8, ArraySlice<UInt8>)] = []
      var offset = 0
      while let field = Protobuf.readField(bytes, at: &offset) {
        let start = message.startIndex
        fields.append(
          (field.number, message[start + field.content.lowerBound..<start + field.content.upperBound]))
      }
      return fields
    }
  }

  /// RFC 8259 §7. The decoder replaces what is no UTF-8.
  private static func append(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    let isASCII = text.allSatisfy { $0 < 0x80 }
    let valid = isASCII ? Array(text) : Array(String(decoding: Array(text), as: UTF8.self).utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in valid {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        bytes += "\\u00".utf8
        bytes += [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hex = Array("0123456789abcdef".utf8)
}
