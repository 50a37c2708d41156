/// A position in a distributed trace, as the `traceparent` header carries it
/// (https://www.w3.org/TR/trace-context/#traceparent-header).
public struct TraceContext: Sendable, Equatable {
  /// 32 lower-case hexadecimal digits, not all zero.
  public let traceID: String
  /// 16 lower-case hexadecimal digits, not all zero.
  public let spanID: String
  public let isSampled: Bool

  public init(traceID: String, spanID: String, isSampled: Bool) {
    self.traceID = traceID
    self.spanID = spanID
    self.isSampled = isSampled
  }

  /// Before a request has one; it is never sent.
  public static let none = TraceContext(
    traceID: String(repeating: "0", count: 32), spanID: String(repeating: "0", count: 16), isSampled: false)

  /// A new trace.
  public static func random() -> TraceContext {
    var generator = SystemRandomNumberGenerator()
    let high = UInt64.random(in: 1...UInt64.max, using: &generator)
    let low = generator.next()
    return TraceContext(traceID: hex(high) + hex(low), spanID: randomSpanID(), isSampled: false)
  }

  /// A new span in the same trace.
  public func child() -> TraceContext {
    TraceContext(traceID: traceID, spanID: Self.randomSpanID(), isSampled: isSampled)
  }

  /// nil for a header that §3.2.2 calls invalid; the caller then starts a new trace.
  public init?(traceparent: String) {
    let bytes = Array(traceparent.utf8)
    guard bytes.count >= 55, bytes[2] == Self.dash, bytes[35] == Self.dash, bytes[52] == Self.dash else { return nil }
    let version = bytes[0..<2]
    let trace = bytes[3..<35]
    let span = bytes[36..<52]
    let flags = bytes[53..<55]
    guard [version, trace, span, flags].allSatisfy({ $0.allSatisfy(Self.isLowerHex) }) else { return nil }
    // Version ff is forbidden; 00 has exactly this length; a later one may carry more after another dash.
    guard !version.elementsEqual("ff".utf8) else { return nil }
    guard bytes.count == 55 || (!version.elementsEqual("00".utf8) && bytes[55] == Self.dash) else { return nil }
    guard trace.contains(where: { $0 != Self.zero }), span.contains(where: { $0 != Self.zero }) else { return nil }
    traceID = String(decoding: trace, as: UTF8.self)
    spanID = String(decoding: span, as: UTF8.self)
    isSampled = Int(String(decoding: flags, as: UTF8.self), radix: 16).map { $0 & 1 == 1 } ?? false
  }

  public var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

  private static let dash = UInt8(ascii: "-")
  private static let zero = UInt8(ascii: "0")

  private static func isLowerHex(_ byte: UInt8) -> Bool {
    (zero...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  private static func randomSpanID() -> String { hex(UInt64.random(in: 1...UInt64.max)) }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
