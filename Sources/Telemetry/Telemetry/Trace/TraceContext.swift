/// A position in a distributed trace, as the `traceparent` header carries it
/// (https://www.w3.org/TR/trace-context/#traceparent-header).
public struct TraceContext: Sendable, Hashable {
  /// The first 16 hexadecimal digits of the trace's identifier; in a valid context not 0 together with `traceLow`.
  public let traceHigh: UInt64
  /// The last 16.
  public let traceLow: UInt64
  /// Not 0 in a valid context.
  public let span: UInt64
  /// The trace is recorded upstream (the lowest bit of the flags); handed on as it came.
  public let isSampled: Bool

  /// Nothing is checked: see `isValid`.
  public init(traceHigh: UInt64, traceLow: UInt64, span: UInt64, isSampled: Bool) {
    self.traceHigh = traceHigh
    self.traceLow = traceLow
    self.span = span
    self.isSampled = isSampled
  }

  /// Before a request has one; it is never sent.
  public static let none = TraceContext(traceHigh: 0, traceLow: 0, span: 0, isSampled: false)

  /// Neither identifier is 0, which the header forbids.
  @inlinable public var isValid: Bool { traceHigh | traceLow != 0 && span != 0 }

  /// 32 lower-case hexadecimal digits.
  public var traceID: String {
    Self.text { Self.append(traceHigh, to: &$0) + Self.append(traceLow, to: &$0, from: 16) }
  }
  /// 16 lower-case hexadecimal digits.
  public var spanID: String { Self.text { Self.append(span, to: &$0) } }

  /// A new trace.
  public static func random() -> TraceContext {
    var generator = SystemRandomNumberGenerator()
    return TraceContext(
      traceHigh: UInt64.random(in: 1...UInt64.max, using: &generator), traceLow: generator.next(),
      span: UInt64.random(in: 1...UInt64.max, using: &generator), isSampled: false)
  }

  /// A new span in the same trace.
  public func child() -> TraceContext {
    TraceContext(
      traceHigh: traceHigh, traceLow: traceLow, span: UInt64.random(in: 1...UInt64.max), isSampled: isSampled)
  }

  /// nil for a header that §3.2.2 calls invalid; the caller then starts a new trace.
  public init?(traceparent: String) {
    let bytes = Array(traceparent.utf8)
    guard bytes.count >= 55, bytes[2] == Self.dash, bytes[35] == Self.dash, bytes[52] == Self.dash else { return nil }
    guard let version = Self.number(bytes[0..<2]), let high = Self.number(bytes[3..<19]),
      let low = Self.number(bytes[19..<35]), let span = Self.number(bytes[36..<52]),
      let flags = Self.number(bytes[53..<55])
    else { return nil }
    // Version ff is forbidden; 00 has exactly this length; a later one may carry more after another dash.
    guard version != 0xff, bytes.count == 55 || (version != 0 && bytes[55] == Self.dash) else { return nil }
    self.init(traceHigh: high, traceLow: low, span: span, isSampled: flags & 1 == 1)
    guard isValid else { return nil }
  }

  /// The header's value, of version 00 and 55 characters; only of a valid context may it be sent.
  public var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

  private static let dash = UInt8(ascii: "-")

  /// Of lower-case hexadecimal digits alone.
  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    return number
  }

  private static func text(_ body: (inout UnsafeMutableBufferPointer<UInt8>) -> Int) -> String {
    String(unsafeUninitializedCapacity: 32) { buffer in
      var buffer = buffer
      return body(&buffer)
    }
  }

  /// 16 digits; returns how many.
  private static func append(_ value: UInt64, to buffer: inout UnsafeMutableBufferPointer<UInt8>, from start: Int = 0)
    -> Int
  {
    for index in 0..<16 {
      buffer[start + index] = HexDigits.lower(UInt8(truncatingIfNeeded: value >> (60 - 4 * index)))
    }
    return 16
  }
}

/// Hexadecimal digits as ASCII.
enum HexDigits {
  /// Of the low four bits.
  static func lower(_ nibble: UInt8) -> UInt8 {
    let value = nibble & 15
    return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
