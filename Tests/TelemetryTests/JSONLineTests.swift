import Foundation
import Logging
import Telemetry
import TestSupport
import Testing

@Suite("JSON lines")
struct JSONLineTests {
  /// The one line that `body` logs.
  private func line(
    service: String = "agente_deposito", level: Logger.Level = .trace, _ body: (inout Logger) -> Void
  ) throws -> String {
    let sink = MemorySink()
    let pipeline = LogPipeline(service: service, sinks: [("memory", sink)]) { _ in }
    var logger = pipeline.logger("movimientos", level: level)
    body(&logger)
    pipeline.close()
    try #require(sink.lineCount == 1)
    return try #require(sink.lines.first)
  }

  @Test("a line says when, how grave, who and what")
  func fields() throws {
    let before = Date()
    let object = try [String: Any](
      json: line { $0.warning("stock insuficiente", metadata: ["producto": "A-1", "pedido": .stringConvertible(7)]) })
    #expect(object.keys.sorted() == ["level", "logger", "message", "pedido", "producto", "service", "time"])
    #expect(object["level"] as? String == "warning")
    #expect(object["service"] as? String == "agente_deposito")
    #expect(object["logger"] as? String == "movimientos")
    #expect(object["message"] as? String == "stock insuficiente")
    #expect(object["producto"] as? String == "A-1")
    #expect(object["pedido"] as? Int == 7)
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    let text = try #require(object["time"] as? String)
    let time = try #require(formatter.date(from: text.prefix(23) + "Z"), "\(text)")
    #expect(time >= before.addingTimeInterval(-0.002) && time <= Date())
  }

  @Test("numbers and booleans keep their type, everything else is a string")
  func types() throws {
    struct Other: CustomStringConvertible, Sendable { let description = "3" }
    let line = try line { logger in
      logger.info(
        "m",
        metadata: [
          "int": .stringConvertible(-3), "int64": .stringConvertible(Int64.min),
          "uint64": .stringConvertible(UInt64.max), "int32": .stringConvertible(Int32(5)),
          "double": .stringConvertible(0.25), "float": .stringConvertible(Float(0.5)),
          "large": .stringConvertible(1e300), "true": .stringConvertible(true), "false": .stringConvertible(false),
          "nan": .stringConvertible(Double.nan), "infinite": .stringConvertible(-Double.infinity),
          "other": .stringConvertible(Other()), "string": "3",
        ])
    }
    _ = try [String: Any](json: line)
    for part in [
      #""int":-3,"#, #""int64":-9223372036854775808,"#, #""uint64":18446744073709551615"#, #""int32":5,"#,
      #""double":0.25,"#, #""float":0.5,"#, #""true":true,"#, #""false":false,"#, #""nan":"nan","#,
      #""infinite":"-inf","#, #""other":"3","#, #""string":"3","#, #""large":1e+300,"#,
    ] {
      #expect(line.contains(part), "\(part) in \(line)")
    }
  }

  @Test("arrays and dictionaries nest")
  func nested() throws {
    let object = try [String: Any](
      json: line { logger in
        logger.info(
          "m",
          metadata: [
            "list": ["a", .stringConvertible(2), ["b"], [:], []], "map": ["k\"": ["deep": .stringConvertible(true)]],
          ])
      })
    let list = try #require(object["list"] as? [Any])
    #expect(list.count == 5)
    #expect(list[1] as? Int == 2)
    #expect(list[2] as? [String] == ["b"])
    #expect((list[3] as? [String: String])?.isEmpty == true)
    let map = try #require(object["map"] as? [String: [String: Bool]])
    #expect(map == ["k\"": ["deep": true]])
  }

  @Test("metadata never takes the place of a field, nor of other metadata")
  func reserved() throws {
    let names = ["time", "level", "service", "logger", "message", "error"]
    let line = try line { logger in
      for name in names {
        logger[metadataKey: name] = "mine"
        logger[metadataKey: "metadata.\(name)"] = "other"
      }
      logger.info("real")
    }
    let object = try [String: Any](json: line)
    #expect(object["message"] as? String == "real")
    #expect(object["error"] == nil)
    #expect(object.values.count { $0 as? String == "mine" } == 6)
    #expect(object.values.count { $0 as? String == "other" } == 6)
    for name in names { #expect(object["metadata.\(name)"] as? String == "mine") }
  }

  @Test("the later metadata wins: logger, provider, message")
  func precedence() throws {
    let sink = MemorySink()
    let pipeline = LogPipeline(service: "s", sinks: [("memory", sink)]) { _ in }
    var handler = pipeline.handler(label: "l", level: .info)
    handler.metadata = ["a": "logger", "b": "logger", "c": "logger"]
    handler.metadataProvider = Logger.MetadataProvider { ["b": "provider", "c": "provider"] }
    Logger(label: "l") { _ in handler }.info("m", metadata: ["c": "message"])
    pipeline.close()
    let object = try [String: Any](json: try #require(sink.lines.first))
    #expect(object["a"] as? String == "logger")
    #expect(object["b"] as? String == "provider")
    #expect(object["c"] as? String == "message")
  }

  @Test("an error goes with its line")
  func error() throws {
    struct Broken: Error, CustomStringConvertible { let description = "la base no responde" }
    let object = try [String: Any](json: line { $0.error("m", error: Broken()) })
    #expect(object["error"] as? String == "la base no responde")
  }

  @Test("any text is one line that reads back as the same text")
  func roundTrip() throws {
    var random = SeededGenerator(for: "JSON lines")
    let sink = MemorySink()
    // Foundation drops a byte order mark where a part of a string begins with it; RFC 8259 does not.
    func text(_ maximumCount: Int) -> String {
      String(random.text(maximumCount: maximumCount).unicodeScalars.filter { $0 != "\u{FEFF}" })
    }
    let service = "s\(text(8))"
    let pipeline = LogPipeline(service: service, sinks: [("memory", sink)]) { _ in }
    let records = (0..<400).map { _ in (message: text(40), key: "k\(text(8))", value: text(40)) }
    for record in records { pipeline.logger().info("\(record.message)", metadata: [record.key: "\(record.value)"]) }
    pipeline.close(withinSeconds: 20)
    let lines = sink.lines
    try #require(lines.count == records.count, "seed \(random.seed)")
    for (line, record) in zip(lines, records) {
      let object = try [String: Any](json: line)
      // By bytes: two texts that Swift holds equal may differ in them.
      let read = [object["message"], object["service"], object[record.key]].map {
        ($0 as? String).map { Array($0.utf8) }
      }
      #expect(read == [record.message, service, record.value].map { Array($0.utf8) }, "seed \(random.seed): \(line)")
    }
  }

  @Test("what is below the level is neither written nor counted")
  func levels() {
    let (sink, events) = (MemorySink(), Events())
    let pipeline = LogPipeline(service: "s", sinks: [("memory", sink)]) { events.count($0) }
    let logger = pipeline.logger("l", level: .warning)
    for level in Logger.Level.allCases { logger.log(level: level, "m") }
    pipeline.close()
    #expect(sink.lineCount == 3)
    #expect(events.all == Events.Counts(logged: 3))
  }

  @Test("measured values keep their digits, also those that look like a card's number")
  func measured() throws {
    var random = SeededGenerator(for: "doubles in lines")
    let sink = MemorySink()
    let pipeline = LogPipeline(service: "shop", sinks: [("memory", sink)], sampling: nil) { _ in }
    let values =
      [0.4111111111111111, 5.500005555555559, 1, -2.5]
      + (0..<2_000).map { _ in
        Double.random(in: -10...10, using: &random)
      }
    for value in values { pipeline.logger().info("measured", metadata: ["value": .stringConvertible(value)]) }
    pipeline.close()
    // Not by JSONSerialization, which reads some of them a digit off.
    let read = sink.lines.map { line in
      line.components(separatedBy: "\"value\":").last.flatMap { Double($0.dropLast()) }
    }
    #expect(read == values, "seed \(random.seed)")
  }
}
