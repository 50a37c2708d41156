import Logging

/// One log record as every sink gets it: encoded once, and its parts for a sink that has fields of its own. Secrets are
/// out of all of them already.
public struct LogRecord: Sendable {
  /// When it was logged, by this machine's clock.
  public let time: Timestamp
  /// As it was logged.
  public let level: Logger.Level
  /// The logger's label.
  public let logger: String
  /// Without its metadata; not escaped.
  public let message: String
  /// The logger's, the provider's and the call's own together; an error is in it as `error`. Empty where none of the
  /// pipeline's sinks uses fields.
  public let metadata: Logger.Metadata
  /// The record as one line of JSON, its newline included.
  public let line: [UInt8]

  /// For tests of sinks: nothing is checked, encoded or cleared of secrets here.
  public init(
    time: Timestamp, level: Logger.Level, logger: String, message: String, metadata: Logger.Metadata, line: [UInt8]
  ) {
    self.time = time
    self.level = level
    self.logger = logger
    self.message = message
    self.metadata = metadata
    self.line = line
  }

  /// An estimate of the memory that the record holds: its line, as much again for its parts, and their containers.
  var footprintBytes: Int { 128 + 2 * line.count + 64 * metadata.count }

  /// The lines of all, one after the other.
  static func lines(_ records: [LogRecord]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(records.reduce(0) { $0 + $1.line.count })
    for record in records { bytes += record.line }
    return bytes
  }
}
