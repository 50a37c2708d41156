import Foundation
import Logging
import Synchronization
import Telemetry
import TelemetryLoki
import TestSupport

/// What a client reports, in order.
final class Reports: Sendable {
  private let events = Mutex<[LokiEvent]>([])

  func add(_ event: LokiEvent) { events.withLock { $0.append(event) } }
  var all: [LokiEvent] { events.withLock { $0 } }

  func dropped(_ reason: LokiDropReason? = nil) -> Int {
    all.reduce(0) { sum, event in
      if case .dropped(let own, let count) = event, reason == nil || own == reason { sum + count } else { sum }
    }
  }

  var awayCount: Int { all.count { if case .receiverAway = $0 { true } else { false } } }
  var backCount: Int { all.count { $0 == .receiverBack } }
}

extension LokiConfiguration {
  /// Quick for tests: batches wait 5 ms, and failures 10 to 40 ms.
  static func test(_ url: String, directory: String? = nil) throws -> LokiConfiguration {
    var configuration = try LokiConfiguration(url: url, job: "negocio", instance: "a:1")
    configuration.directory = directory
    configuration.limits.maximumBatchAgeSeconds = 0.005
    configuration.limits.initialBackoffSeconds = 0.01
    configuration.limits.maximumBackoffSeconds = 0.04
    configuration.limits.responseTimeoutSeconds = 10
    configuration.limits.connectTimeoutSeconds = 10
    configuration.limits.spillRetrySeconds = 0.05
    return configuration
  }
}

extension LokiSink {
  convenience init(_ configuration: LokiConfiguration, _ reports: Reports) {
    self.init(configuration) { reports.add($0) }
  }

  func finish(withinSeconds seconds: Int = 10) {
    let now = Timestamp.now()
    finish(until: Timestamp(seconds: now.seconds + seconds, nanoseconds: now.nanoseconds))
  }
}

/// Records with a number, and with times that differ by odd nanoseconds.
enum Numbered {
  static let epoch = 1_764_000_000

  static func record(_ number: Int, level: Logger.Level? = nil, padding: Int = 40) -> LogRecord {
    let level = level ?? Logger.Level.allCases[number % 7]
    let text = "{\"n\":\(number),\"p\":\"\(String(repeating: "x", count: padding))\"}\n"
    let metadata: Logger.Metadata = ["request_id": "r\(number)", "other": "o"]
    return LogRecord(
      time: time(number), level: level, logger: "tests", message: "m", metadata: metadata, line: Array(text.utf8))
  }

  static func time(_ number: Int) -> Timestamp {
    let nanoseconds = number * 1_000_003 + 7
    return Timestamp(seconds: epoch + nanoseconds / 1_000_000_000, nanoseconds: nanoseconds % 1_000_000_000)
  }

  static func records(_ numbers: some Sequence<Int>, padding: Int = 40) -> [LogRecord] {
    numbers.map { record($0, padding: padding) }
  }

  static func number(_ entry: ReceivedEntry) -> Int? {
    let digits = entry.text.dropFirst(5).prefix { $0.isNumber }
    return entry.text.hasPrefix("{\"n\":") ? Int(digits) : nil
  }

  /// The numbers of what arrived, sorted; the times and labels of each are checked.
  static func arrived(_ entries: [ReceivedEntry]) throws -> [Int] {
    try entries.map { entry in
      guard let number = number(entry) else { throw TestSupportError("a line of nobody: \(entry.text)") }
      let time = time(number)
      let labels = "{instance=\"a:1\", job=\"negocio\", level=\"\(Logger.Level.allCases[number % 7])\"}"
      guard entry.seconds == time.seconds, entry.nanoseconds == time.nanoseconds, entry.labels == labels,
        entry.metadata == ["logger": "tests", "request_id": "r\(number)"]
      else { throw TestSupportError("\(entry) is not as record \(number) was") }
      return number
    }.sorted()
  }

  /// Whether each stream got its records in the order of their numbers.
  static func isInOrder(_ entries: [ReceivedEntry]) -> Bool {
    Dictionary(grouping: entries, by: \.labels).values.allSatisfy { stream in
      let numbers = stream.compactMap(number)
      return numbers == numbers.sorted()
    }
  }
}
