import Foundation
import Logging
import Systemd
import Telemetry

/// Writes each line of its input, a JSON array of records, to a `JournalSink` as one batch, and prints `sent` or the
/// error.
enum RecordProbe {
  private struct Record: Decodable {
    let seconds: Int
    let nanoseconds: Int
    let level: String
    let logger: String
    let message: String
    let metadata: [String: Value]
  }

  static func run() throws {
    let sink = JournalSink(service: "almacén", identifier: "systemd-probe")
    while let line = readLine() {
      let batch = try JSONDecoder().decode([Record].self, from: Data(line.utf8)).map(record)
      do throws(LogSinkError) {
        try sink.write(batch)
        Output.say("sent")
      } catch {
        Output.say("\(error)")
      }
    }
  }

  private static func record(_ record: Record) -> LogRecord {
    LogRecord(
      time: Timestamp(seconds: record.seconds, nanoseconds: record.nanoseconds),
      level: Logger.Level(rawValue: record.level) ?? .critical, logger: record.logger, message: record.message,
      metadata: record.metadata.mapValues(\.metadata), line: [])
  }
}

/// Logs each line of its input through a `LogPipeline` into a `JournalSink`, and prints `dropped` for each record that
/// the pipeline counts as lost.
enum PipelineProbe {
  static func run() {
    let sink = JournalSink(service: "probe", identifier: "systemd-probe")
    let pipeline = LogPipeline(service: "probe", sinks: [(name: "journal", sink: sink)]) { event in
      guard case .dropped(_, _, let lines) = event else { return }
      for _ in 0..<lines { Output.say("dropped") }
    }
    let logger = Logger(label: "probe") { pipeline.handler(label: $0, level: .info) }
    while let line = readLine() { logger.info("\(line)") }
    pipeline.close()
  }
}

/// Metadata as JSON has it.
private enum Value: Decodable {
  case string(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case array([Value])
  case dictionary([String: Value])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let integer = try? container.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let values = try? container.decode([Value].self) {
      self = .array(values)
    } else {
      self = .dictionary(try container.decode([String: Value].self))
    }
  }

  var metadata: Logger.MetadataValue {
    switch self {
    case .string(let text): .string(text)
    case .integer(let number): .stringConvertible(number)
    case .number(let number): .stringConvertible(number)
    case .flag(let flag): .stringConvertible(flag)
    case .array(let values): .array(values.map(\.metadata))
    case .dictionary(let pairs): .dictionary(pairs.mapValues(\.metadata))
    }
  }
}

enum Output {
  /// A line that the test waits for.
  static func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
}
