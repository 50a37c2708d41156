import Testing

@testable import Redis

@Suite("ReplyParser")
struct ReplyParserTests {
  /// What a reply says, for comparison.
  private indirect enum Value: Equatable {
    case string(String)
    case status(String)
    case error(String)
    case integer(Int64)
    case null
    case array([Value])

    init(_ reply: RedisReply) {
      switch reply.tape.nodes[reply.index].kind {
      case .string: self = .string(reply.string ?? "")
      case .status: self = .status(reply.string ?? "")
      case .error: self = .error(reply.error?.message ?? "")
      case .integer: self = .integer(reply.integer ?? -1)
      case .null: self = .null
      case .array: self = .array(reply.elements.map { Value($0) })
      }
    }
  }

  private static func parser(bytes: Int = 1 << 20, elements: Int = 1000) -> ReplyParser {
    ReplyParser(maximumReplyBytes: bytes, maximumReplyElements: elements)
  }

  private static func feed(_ parser: ReplyParser, _ text: some Sequence<UInt8>) throws -> [Value] {
    var values: [Value] = []
    try Array(text).withUnsafeBytes { bytes in try parser.feed(bytes) { values.append(Value($0)) } }
    return values
  }

  /// Each reply of RESP2 in its written form, with its value.
  private static let replies: [(String, Value)] = [
    ("+OK\r\n", .status("OK")), ("-ERR no such thing\r\n", .error("ERR no such thing")), (":-42\r\n", .integer(-42)),
    (":9223372036854775807\r\n", .integer(.max)), ("$5\r\nh\r\nlo\r\n", .string("h\r\nlo")),
    ("$0\r\n\r\n", .string("")),
    ("$-1\r\n", .null), ("*-1\r\n", .null), ("*0\r\n", .array([])),
    (
      "*3\r\n:1\r\n*2\r\n$1\r\na\r\n*1\r\n+b\r\n-ERR c\r\n",
      .array([.integer(1), .array([.string("a"), .array([.status("b")])]), .error("ERR c")])
    ),
    ("*2\r\n*0\r\n$2\r\nñ\r\n", .array([.array([]), .string("ñ")])),
  ]
  private static let stream = replies.map(\.0).joined()
  private static let values = replies.map(\.1)

  @Test("every reply has its value")
  func whole() throws {
    #expect(try Self.feed(Self.parser(), Self.stream.utf8) == Self.values)
  }

  @Test("where the stream is cut does not matter, in two pieces or in pieces of any size")
  func chunks() throws {
    let bytes = Array(Self.stream.utf8)
    for cut in 0...bytes.count {
      let parser = Self.parser()
      let first = try Self.feed(parser, bytes[..<cut])
      #expect(try first + Self.feed(parser, bytes[cut...]) == Self.values, "cut at \(cut)")
    }
    for size in 1...bytes.count {
      let parser = Self.parser()
      var values: [Value] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        values += try Self.feed(parser, bytes[start..<min(start + size, bytes.count)])
      }
      #expect(values == Self.values, "pieces of \(size)")
    }
  }

  @Test("a reply that is not there yet is not there", arguments: replies.map(\.0))
  func truncated(text: String) throws {
    let bytes = Array(text.utf8)
    for end in 0..<bytes.count {
      #expect(try Self.feed(Self.parser(), bytes[..<end]) == [], "\(end) of \(bytes.count)")
    }
  }

  @Test(
    "what is no RESP2 is an error", arguments: ["HTTP/1.1 400 Bad Request\r\n", "?\r\n", "*x\r\n", "%1\r\n", "_\r\n"])
  func foreign(text: String) {
    #expect(throws: RedisError.self) { try Self.feed(Self.parser(), text.utf8) }
  }

  @Test("eight arrays in one another are read, nine are an error")
  func nesting() throws {
    let limit = ReplyParser.maximumNesting
    #expect(try Self.feed(Self.parser(), (String(repeating: "*1\r\n", count: limit) + ":1\r\n").utf8).count == 1)
    #expect(throws: RedisError.self) {
      try Self.feed(Self.parser(), (String(repeating: "*1\r\n", count: limit + 1) + ":1\r\n").utf8)
    }
  }

  @Test("more bytes than allowed are an error before they are all there")
  func tooManyBytes() throws {
    let parser = Self.parser(bytes: 100)
    #expect(try Self.feed(parser, "$500\r\n".utf8) == [])
    #expect(throws: RedisError.self) { try Self.feed(parser, Array(repeating: 65, count: 200)) }
    // Many small replies are not one large one.
    let other = Self.parser(bytes: 100)
    for _ in 0..<100 { #expect(try Self.feed(other, "+0123456789\r\n+".utf8.dropLast()).count == 1) }
  }

  @Test("more elements than allowed are an error, and a length that only claims to be large costs nothing")
  func tooManyElements() throws {
    #expect(try Self.feed(Self.parser(elements: 4), "*3\r\n:1\r\n:2\r\n:3\r\n".utf8).count == 1)
    #expect(throws: RedisError(.protocolViolation, "a reply has more elements than is allowed")) {
      try Self.feed(Self.parser(elements: 3), "*3\r\n:1\r\n:2\r\n:3\r\n".utf8)
    }
    #expect(try Self.feed(Self.parser(), "*2147483647\r\n:1\r\n".utf8) == [])
  }

  @Test("random bytes never do worse than an error", arguments: 0..<200 as Range<UInt64>)
  func fuzz(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let alphabet = Array("*$:+-\r\n0123456789ab".utf8)
    let bytes = (0..<300).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return alphabet[Int(state >> 33) % alphabet.count]
    }
    let values = try? Self.feed(Self.parser(), bytes)
    #expect((values?.count ?? 0) <= bytes.count, "seed \(seed)")
  }
}
