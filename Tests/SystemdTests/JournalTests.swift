import Foundation
import TestSupport
import Testing

/// Against a real systemd-journald, read back with journalctl.
@Suite("Journal", .timeLimit(.minutes(1)))
struct JournalTests {
  /// Sends records, each a batch of its own, and returns what the journal then holds.
  private static func roundTrip(_ records: [[String: Any]]) async throws -> [JournalEntry] {
    let machine = try await JournalMachine()
    let journald = try await machine.startJournald()
    let input = try records.map { try line([$0]) }.joined(separator: "\n")
    let output = try await Subprocess.check(
      machine.inside([try Binaries.path(of: "systemd-probe"), "records"]), input: input)
    #expect(output == String(repeating: "sent\n", count: records.count))
    let entries = try await machine.entries()
    try await journald.stop()
    return entries
  }

  static func line(_ batch: [[String: Any]]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: batch), as: UTF8.self)
  }

  static func record(
    _ message: String, level: String = "info", metadata: [String: Any] = [:]
  ) -> [String: Any] {
    [
      "seconds": 1_795_576_915, "nanoseconds": 123_456_789, "level": level, "logger": "caja", "message": message,
      "metadata": metadata,
    ]
  }

  private static func fields(_ message: String, priority: String = "6", _ more: [String: String] = [:])
    -> [String: [UInt8]]
  {
    let texts = [
      "MESSAGE": message, "PRIORITY": priority, "SYSLOG_IDENTIFIER": "systemd-probe", "SERVICE": "almacén",
      "LOGGER": "caja", "TIMESTAMP_NANOSECONDS": "1795576915123456789",
    ]
    return texts.merging(more) { $1 }.mapValues { Array($0.utf8) }
  }

  @Test("every level has its priority, and every entry its fields and no more")
  func priorities() async throws {
    let levels = [
      ("trace", "7"), ("debug", "7"), ("info", "6"), ("notice", "5"), ("warning", "4"), ("error", "3"),
      ("critical", "2"),
    ]
    let entries = try await Self.roundTrip(levels.map { Self.record("a \($0.0)", level: $0.0) })
    #expect(entries.map(\.own) == levels.map { Self.fields("a \($0.0)", priority: $0.1) })
    #expect(entries.allSatisfy { $0["_TRANSPORT"] == "journal" })
  }

  @Test("values arrive byte for byte, however they look")
  func values() async throws {
    let texts = [
      "two\nlines", "ends in a line end\n", "\n", "", "  spaced\t", "a=b", "=", "NUL \0 inside", "\0",
      "\r\n\u{7}\u{1b}[0m",
      "ñandú 🦤 \u{202e}", "\u{feff}", "MESSAGE=forged\nPRIORITY=0\n", String(repeating: "línea\n", count: 2_000),
    ]
    let entries = try await Self.roundTrip(texts.map { Self.record($0, metadata: ["value": $0]) })
    #expect(entries.map(\.own) == texts.map { Self.fields($0, ["VALUE": $0]) })
  }

  @Test("any text survives", arguments: [UInt64.random(in: 0...UInt64.max)])
  func anyText(seed: UInt64) async throws {
    var state = seed
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    func text() -> String {
      let limits: [UInt64] = [0x20, 0x80, 0x800, 0xD800, 0x11_0000]
      let scalars = (0..<next(40)).compactMap { _ in Unicode.Scalar(UInt32(next(limits[Int(next(5))]))) }
      return String(String.UnicodeScalarView(scalars))
    }
    let records = (0..<200).map { _ in (message: text(), metadata: ["A": text(), "B": text(), "C": text()]) }
    let entries = try await Self.roundTrip(records.map { Self.record($0.message, metadata: $0.metadata) })
    #expect(entries.map(\.own) == records.map { Self.fields($0.message, $0.metadata) }, "seed \(seed)")
  }

  @Test("metadata has names that journald takes, each of its own")
  func names() async throws {
    let long = String(repeating: "k", count: 70)
    let metadata = [
      "request.id": "1", "request-id": "2", "Request_ID": "3", "_pid": "4", "9lives": "5", "": "6", "message": "7",
      "Priority": "8", "syslog_identifier": "9", "code_line": "10", "object_pid": "11", "service": "12", "año": "13",
      long: "14", long + "x": "15", "timestamp_nanoseconds": "16", "__REALTIME_TIMESTAMP": "17",
    ]
    let entries = try await Self.roundTrip([Self.record("m", metadata: metadata)])
    // Keys in the order of their scalars: of those that share a name the first keeps it.
    let expected = [
      "REQUEST_ID": "3", "REQUEST_ID_2": "2", "REQUEST_ID_3": "1", "METADATA__PID": "4", "METADATA_9LIVES": "5",
      "METADATA_": "6", "METADATA_MESSAGE": "7", "METADATA_PRIORITY": "8", "METADATA_SYSLOG_IDENTIFIER": "9",
      "METADATA_CODE_LINE": "10", "METADATA_OBJECT_PID": "11", "METADATA_SERVICE": "12", "A_O": "13",
      String(repeating: "K", count: 64): "14", String(repeating: "K", count: 62) + "_2": "15",
      "METADATA_TIMESTAMP_NANOSECONDS": "16", "METADATA___REALTIME_TIMESTAMP": "17",
    ]
    #expect(entries.map(\.own) == [Self.fields("m", expected)])
  }

  @Test("typed metadata is text, nested metadata is JSON")
  func types() async throws {
    let nested: [String: Any] = ["b": [1, 2.5, true, "a\"\\\n\u{1}é"], "a": ["c": -7]]
    let entries = try await Self.roundTrip([
      Self.record("m", metadata: ["count": 42, "ratio": 0.25, "flag": true, "nested": nested, "none": [String]()])
    ])
    var own = try #require(entries.first).own
    let removed = own.removeValue(forKey: "NESTED")
    let text = String(decoding: try #require(removed), as: UTF8.self)
    #expect(own == Self.fields("m", ["COUNT": "42", "RATIO": "0.25", "FLAG": "true", "NONE": "[]"]))
    #expect(text == #"{"a":{"c":-7},"b":[1,2.5,true,"a\"\\\n\u0001é"]}"#)
    let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
    #expect(read == nested as NSDictionary)
  }

  @Test("what is larger than a datagram arrives, and what is past a limit is cut and says so")
  func limits() async throws {
    let full = String(repeating: "é", count: 128 << 10)
    let many = (0..<130).map { (String("k\(1_000 + $0)"), "\($0)") }
    let entries = try await Self.roundTrip([
      Self.record("m", metadata: ["a": full, "b": full, "c": full]),
      Self.record("x" + full), Self.record(full + "x"),
      Self.record("m", metadata: Dictionary(uniqueKeysWithValues: many)),
    ])
    try #require(entries.count == 4)
    #expect(entries[0].own == Self.fields("m", ["A": full, "B": full, "C": full]))
    #expect(entries[1]["MESSAGE"] == "x" + full.dropLast() + " [cut: \(1 + (256 << 10)) bytes]")
    #expect(entries[2]["MESSAGE"] == full + " [cut: \(1 + (256 << 10)) bytes]")
    let kept = Dictionary(uniqueKeysWithValues: many.prefix(128).map { ($0.0.uppercased(), $0.1) })
    #expect(entries[3].own == Self.fields("m", kept.merging(["METADATA_OMITTED": "2"]) { $1 }))
  }
}
