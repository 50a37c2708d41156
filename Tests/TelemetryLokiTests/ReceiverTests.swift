import Testing

/// The receiver of these tests must refuse what Loki would, or it proves nothing.
@Suite("The strict receiver")
struct ReceiverTests {
  private static let labels = #"{job="j", level="info"}"#

  /// Bytes, less than 256 of them, as one Snappy literal.
  private static func literal(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.isEmpty { return [0] }
    return (bytes.count < 128 ? [UInt8(bytes.count)] : [UInt8(bytes.count & 0x7F | 0x80), 1])
      + [60 << 2, UInt8(bytes.count - 1)] + bytes
  }

  private static func field(_ key: UInt8, _ content: [UInt8]) -> [UInt8] { [key, UInt8(content.count)] + content }

  private static func entry(seconds: UInt8 = 9, line: String = "l", more: [UInt8] = []) -> [UInt8] {
    field(0x12, field(0x0A, [0x08, seconds, 0x10, 5]) + field(0x12, Array(line.utf8)) + more)
  }

  private static func stream(_ entries: [UInt8], labels: String = labels) -> [UInt8] {
    field(0x0A, field(0x0A, Array(labels.utf8)) + entries)
  }

  private static func judged(
    _ bytes: [UInt8], path: String = "/loki/api/v1/push", type: String = "application/x-protobuf"
  ) -> (status: Int, entries: [ReceivedEntry], violations: [String]) {
    var judge = Judge()
    let head = StrictReceiver.Request(path: path, fields: ["content-type": type], time: .now)
    let status = judge.judge(head, bytes).status
    return (status, judge.entries, judge.violations)
  }

  @Test("takes a request that is written by hand")
  func takes() {
    let pair = Self.field(0x1A, Self.field(0x0A, Array("a".utf8)) + Self.field(0x12, Array("b".utf8)))
    let (status, entries, violations) = Self.judged(Self.literal(Self.stream(Self.entry(more: pair))))
    #expect(status == 204)
    #expect(violations == [])
    #expect(
      entries == [
        ReceivedEntry(labels: Self.labels, seconds: 9, nanoseconds: 5, line: Array("l".utf8), metadata: ["a": "b"])
      ])
  }

  @Test("copies of Snappy are followed")
  func copies() throws {
    #expect(try Snappy.decode([7, 1 << 2, 0x61, 0x62, 0x05, 2]) == Array("abababa".utf8))
    #expect(try Snappy.decode([6, 1 << 2, 0x61, 0x62, 3 << 2 | 2, 2, 0]) == Array("ababab".utf8))
    for damaged in [[6, 1 << 2, 0x61, 0x62, 0x05, 3], [8, 1 << 2, 0x61, 0x62, 0x05, 2], [1, 1 << 2, 0x61]] as [[UInt8]]
    {
      #expect(throws: DecodingProblem.self) { try Snappy.decode(damaged) }
    }
  }

  static let canaries: [(what: String, bytes: [UInt8])] = [
    ("plain bytes", stream(entry())),
    ("bytes cut off", literal(stream(entry()).dropLast())),
    ("bytes left over", literal(stream(entry())) + [0, 0x61]),
    ("nothing", literal([])),
    ("a stream without entries", literal(stream([]))),
    ("a field of the request", literal(stream(entry()) + field(0x1A, []))),
    ("a field of the stream", literal(stream(entry() + [0x18, 1]))),
    ("a field of the entry", literal(stream(entry(more: field(0x22, []))))),
    ("a line of the wrong wire type", literal(stream(field(0x12, field(0x0A, [0x08, 9]) + [0x10, 1])))),
    ("a time as a fixed number", literal(stream(field(0x12, field(0x0A, [0x0D, 1, 0, 0, 0]) + field(0x12, [0x61]))))),
    ("two lines", literal(stream(entry(more: field(0x12, Array("m".utf8)))))),
    ("no line", literal(stream(field(0x12, field(0x0A, [0x08, 9]))))),
    ("a line that is no UTF-8", literal(stream(field(0x12, field(0x0A, [0x08, 9]) + field(0x12, [0xFF]))))),
    (
      "a second of more than a second",
      literal(stream(field(0x12, field(0x0A, [0x10, 0xFF, 0xFF, 0xFF, 0xFF, 7]) + field(0x12, [0x61]))))
    ),
    ("a number with a spare byte", literal(stream(field(0x12, field(0x0A, [0x08, 0x89, 0]) + field(0x12, [0x61]))))),
    ("no labels", literal(field(0x0A, entry()))),
    ("a label of its own", literal(stream(entry(), labels: #"{job="j", level="info", path="/"}"#))),
    ("a label without quotes", literal(stream(entry(), labels: #"{job=j, level="info"}"#))),
    ("a quote in a label", literal(stream(entry(), labels: #"{job="j"j", level="info"}"#))),
    ("one stream twice", literal(stream(entry()) + stream(entry()))),
    ("a stream out of order", literal(stream(entry(seconds: 9) + entry(seconds: 8)))),
  ]

  @Test("refuses", arguments: canaries)
  func refuses(_ canary: (what: String, bytes: [UInt8])) {
    let (status, entries, violations) = Self.judged(canary.bytes)
    #expect(status == 400)
    #expect(entries == [])
    #expect(violations.count == 1)
  }

  @Test("another path or type is a violation too")
  func heads() {
    let bytes = Self.literal(Self.stream(Self.entry()))
    #expect(Self.judged(bytes, path: "/push").violations.count == 1)
    #expect(Self.judged(bytes, type: "text/plain").violations.count == 1)
    #expect(Self.judged(bytes, type: "application/json").violations.count == 1)
  }

  @Test("drops exact duplicates, refuses what is too far behind, and takes the rest of such a request")
  func window() {
    var judge = Judge()
    judge.outOfOrderSeconds = 10
    let head = StrictReceiver.Request(
      path: "/loki/api/v1/push", fields: ["content-type": "application/x-protobuf"], time: .now)
    func push(_ entries: [UInt8]) -> Int { judge.judge(head, Self.literal(Self.stream(entries))).status }
    #expect(push(Self.entry(seconds: 50)) == 204)
    #expect(push(Self.entry(seconds: 50)) == 204)
    #expect(push(Self.entry(seconds: 40)) == 204)
    #expect(push(Self.entry(seconds: 39, line: "old") + Self.entry(seconds: 51, line: "new")) == 400)
    judge.refusedText = "bad"
    judge.isAllOrNothing = true
    #expect(push(Self.entry(seconds: 52, line: "bad") + Self.entry(seconds: 53)) == 400)
    #expect(judge.entries.map(\.seconds) == [50, 40, 51])
    #expect(judge.duplicateCount == 1)
    #expect(judge.violations == [])
  }
}
