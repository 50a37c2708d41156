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

/// Does what a test says, on the queue's thread.
final class ScriptedSink: LogSink, Sendable {
  private let onWrite: @Sendable ([LogRecord]) throws -> Void
  private let onIdle: @Sendable () throws -> Void
  private let onFinish: @Sendable (Timestamp) -> Void
  private let idleAfter: @Sendable () -> Double?

  let usesFields: Bool

  init(
    usesFields: Bool = true, write: @escaping @Sendable ([LogRecord]) throws -> Void = { _ in },
    idleAfter: @escaping @Sendable () -> Double? = { nil }, idle: @escaping @Sendable () throws -> Void = {},
    finish: @escaping @Sendable (Timestamp) -> Void = { _ in }
  ) {
    self.usesFields = usesFields
    (onWrite, onIdle, onFinish, self.idleAfter) = (write, idle, finish, idleAfter)
  }

  var secondsUntilIdle: Double? { idleAfter() }
  func write(_ records: [LogRecord]) throws(LogSinkError) { try Self.typed { try onWrite(records) } }
  func idle() throws(LogSinkError) { try Self.typed(onIdle) }
  func finish(until deadline: Timestamp) { onFinish(deadline) }

  private static func typed(_ body: () throws -> Void) throws(LogSinkError) {
    do { try body() } catch { throw error as? LogSinkError ?? LogSinkError("\(error)") }
  }
}

/// What a pipeline reports, counted.
final class Events: Sendable {
  struct Counts: Equatable {
    var logged = 0
    var sampled = 0
    var full = 0
    var refused = 0
    var unsent = 0
    var edges: [String] = []

    var lost: Int { full + refused + unsent }
  }

  private let counts = Mutex(Counts())
  var all: Counts { counts.withLock { $0 } }

  func count(_ event: LogPipeline.Event) {
    counts.withLock { counts in
      switch event {
      case .logged: counts.logged += 1
      case .sampled: counts.sampled += 1
      case .dropped(_, .full, let records): counts.full += records
      case .dropped(_, .refused, let records): counts.refused += records
      case .dropped(_, .unsent, let records): counts.unsent += records
      case .failing(let sink, let error): counts.edges.append("\(sink) fails: \(error)")
      case .recovered(let sink): counts.edges.append("\(sink) recovered")
      }
    }
  }
}

/// A value that several threads set and that a test awaits.
final class Awaited<Value: Sendable>: Sendable {
  private let value: Mutex<Value>
  init(_ value: Value) { self.value = Mutex(value) }

  var current: Value { value.withLock { $0 } }
  func update(_ body: @Sendable (inout sending Value) -> Void) { value.withLock { body(&$0) } }

  /// Waits until the value is as wanted.
  /// - Returns: whether it was so within `timeout`.
  func wait(timeout: Duration = .seconds(20), until isWanted: (Value) -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + timeout
    while !isWanted(current) {
      guard ContinuousClock.now < deadline else { return false }
      try await Task.sleep(for: .milliseconds(1))
    }
    return true
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
