import Glibc

/// Where lines go. A sink is used by one thread alone, and may block it.
public protocol LogSink: AnyObject {
  /// Writes whole lines.
  func write(_ lines: [UInt8]) throws(LogSinkError)
}

/// The sink did not take the lines.
public struct LogSinkError: Error, Sendable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }

  static func failed(_ operation: String, _ target: String) -> LogSinkError {
    LogSinkError("\(operation) \(target): \(String(cString: strerror(errno)))")
  }
}

/// Standard output, or another descriptor that somebody else opened.
public final class DescriptorSink: LogSink {
  private let descriptor: Int32
  public init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

  public func write(_ lines: [UInt8]) throws(LogSinkError) {
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
