import Dispatch
import Foundation
import Logging
import Synchronization
import Telemetry

/// Keeps what it is given.
final class MemorySink: LogSink, Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func write(_ records: [LogRecord]) { bytes.withLock { bytes in for record in records { bytes += record.line } } }

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }
  var lineCount: Int { bytes.withLock { $0.count { $0 == UInt8(ascii: "\n") } } }
}

/// Stands still until it is opened.
final class GatedSink: LogSink, Sendable {
  let kept = MemorySink()
  private let gate = DispatchSemaphore(value: 0)

  func open() { gate.signal() }

  func write(_ records: [LogRecord]) {
    gate.wait()
    gate.signal()
    kept.write(records)
  }
}

/// Refuses everything.
final class RefusingSink: LogSink, Sendable {
  func write(_ records: [LogRecord]) throws(LogSinkError) { throw LogSinkError("refused") }
}

/// What a pipeline reports, counted.
final class Events: Sendable {
  struct Counts: Equatable {
    var logged = 0
    var full = 0
    var refused = 0
  }

  private let counts = Mutex(Counts())
  var all: Counts { counts.withLock { $0 } }

  func count(_ event: LogPipeline.Event) {
    counts.withLock { counts in
      switch event {
      case .logged: counts.logged += 1
      case .dropped(_, nil, let lines): counts.full += lines
      case .dropped(_, .some, let lines): counts.refused += lines
      }
    }
  }
}

extension LogRecord {
  /// A record whose line is this text.
  static func line(_ text: String) -> LogRecord {
    LogRecord(
      time: .now(), level: .info, logger: "test", message: text, metadata: [:], line: Array("\(text)\n".utf8))
  }
}

extension LogPipeline {
  func logger(_ label: String = "test", level: Logger.Level = .trace) -> Logger {
    Logger(label: label) { self.handler(label: $0, level: level) }
  }
}

extension [String: Any] {
  /// A line as Foundation reads it: an implementation of JSON that is not ours.
  init(json line: String) throws {
    self = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
  }
}
