import Foundation
import Logging
import TestSupport
import Testing

@testable import Telemetry

/// As Go's log/slog TextHandler writes, behind promslog.
@Suite("Logfmt")
struct LogfmtTests {
  private func line(
    _ message: String, _ metadata: Logger.Metadata = [:], level: Logger.Level = .info
  ) -> String {
    let time = Timestamp(seconds: 1_764_115_450, nanoseconds: 123_456_789)
    let record = LogRecord(time: time, level: level, logger: "x", message: message, metadata: metadata, line: [])
    return String(decoding: LogfmtLine.bytes(record), as: UTF8.self)
  }

  @Test("time, level, source, msg, then the metadata by key")
  func order() {
    #expect(
      line("Listening on", ["port": "9100", "address": "::1"])
        == "time=2025-11-26T00:04:10.123Z level=INFO source=x msg=\"Listening on\" address=::1 port=9100\n")
  }

  @Test(
    "levels are Go's four",
    arguments: [
      (Logger.Level.trace, "DEBUG"), (.debug, "DEBUG"), (.info, "INFO"), (.notice, "INFO"), (.warning, "WARN"),
      (.error, "ERROR"), (.critical, "ERROR"),
    ])
  func levels(_ level: Logger.Level, _ name: String) {
    #expect(line("m", level: level).contains(" level=\(name) "))
  }

  @Test(
    "what would break the line is quoted as Go quotes it",
    arguments: [
      ("a", "a"), ("", "\"\""), ("a b", "\"a b\""), ("a=b", "\"a=b\""), ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#),
      ("a\nb\tc\rd", #""a\nb\tc\rd""#), ("\u{1}", #""\x01""#), ("\u{7F}", #""\x7f""#), ("\u{85}", #""\u0085""#),
      ("ñ€", "ñ€"), ("\u{2028}", #""\u2028""#),
    ])
  func quoting(_ text: String, _ expected: String) {
    #expect(line(text) == "time=2025-11-26T00:04:10.123Z level=INFO source=x msg=\(expected)\n")
    #expect(line("m", ["k": .string(text)]).hasSuffix(" k=\(expected)\n"))
  }

  @Test("secrets are out of it as they are out of JSON")
  func redaction() throws {
    let directory = try TemporaryDirectory("logfmt")
    let descriptor = open(directory.file("out"), O_CREAT | O_WRONLY, 0o600)
    let sink = DescriptorSink(descriptor: descriptor, format: .logfmt)
    let pipeline = LogPipeline(service: "s", sinks: [("stdout", sink)]) { _ in }
    var logger = Logger(label: "x") { pipeline.handler(label: $0, level: .info) }
    logger[metadataKey: "password"] = "hunter2"
    logger.info("open postgres://u:hunter2@h/db", metadata: ["n": "3"])
    pipeline.close()
    close(descriptor)
    let text = try String(contentsOfFile: directory.file("out"), encoding: .utf8)
    #expect(text.hasPrefix("time="))
    #expect(text.contains(" n=3"))
    #expect(!text.contains("hunter2"))
    #expect(text.split(separator: "\n").count == 1)
  }
}
