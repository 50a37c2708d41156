import Glibc

/// Where records go. A sink is used by the thread of its own queue alone, and may block it.
public protocol LogSink: AnyObject {
  /// Takes whole records, in order.
  func write(_ records: [LogRecord]) throws(LogSinkError)

  /// Whether the sink reads a record's metadata; where none does, records are made without.
  var usesFields: Bool { get }

  /// When `idle` is to be called if no record comes before; nil where the sink has nothing to do without records.
  /// Asked at the start and after each `write` and `idle`.
  var secondsUntilIdle: Double? { get }

  /// No record came for `secondsUntilIdle`.
  func idle() throws(LogSinkError)

  /// The end: what the sink still holds is to be written by then.
  func finish(until deadline: Timestamp)
}

extension LogSink {
  public var usesFields: Bool { true }
  public var secondsUntilIdle: Double? { nil }
  /// Nothing to do without records.
  public func idle() {}
  public func finish(until deadline: Timestamp) {}
}

/// The sink did not take the lines.
public struct LogSinkError: Error, Sendable, CustomStringConvertible {
  public let description: String
  /// How many records are lost with it; nil: all of the `write`, none of an `idle`. A sink that keeps what it could
  /// not pass on says 0, and counts its own losses.
  public let lostRecords: Int?

  /// The text says what failed, to what, and why; it is printed to standard error, hence holds no secret.
  public init(_ description: String, lostRecords: Int? = nil) {
    self.description = description
    self.lostRecords = lostRecords
  }

  static func failed(_ operation: String, _ target: String) -> LogSinkError {
    LogSinkError("\(operation) \(target): \(String(cString: strerror(errno)))")
  }
}

/// Standard output, or another descriptor that somebody else opened.
public final class DescriptorSink: LogSink {
  private let descriptor: Int32
  private let format: LogFormat

  /// The descriptor is not closed: that is up to whoever opened it.
  public init(descriptor: Int32 = STDOUT_FILENO, format: LogFormat = .json) {
    self.descriptor = descriptor
    self.format = format
  }

  public var usesFields: Bool { format == .logfmt }

  public func write(_ records: [LogRecord]) throws(LogSinkError) {
    let lines = format == .json ? LogRecord.lines(records) : records.flatMap(LogfmtLine.bytes)
    try DescriptorWriter.writeAll(lines, to: descriptor, named: "descriptor \(descriptor)")
  }
}

enum DescriptorWriter {
  /// Writes all bytes; waits where the descriptor is non-blocking and full.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, named name: String) throws(LogSinkError) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
      }
      if count >= 0 {
        offset += count
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, 1_000)
      } else if errno != EINTR {
        throw .failed("write to", name)
      }
    }
  }
}
