import CSystemd
import Glibc
import Telemetry

/// systemd-journald, through libsystemd: a record becomes an entry with fields (`JournalFields`).
///
/// A missing or dead journald costs the records of that time and nothing else: the next `write` tries again. A
/// journald that stands still blocks the thread of this sink's queue, which is bounded.
public final class JournalSink: LogSink {
  /// Where journald listens; libsystemd knows no other place.
  public static let socketPath = "/run/systemd/journal/socket"

  private let service: String
  private let identifier: String

  /// - Parameters:
  ///   - service: the field `SERVICE`.
  ///   - identifier: the field `SYSLOG_IDENTIFIER`, what `journalctl -t` asks for: the process' name.
  public init(service: String, identifier: String) {
    self.service = service
    self.identifier = identifier
  }

  /// Whether this machine has a journald. It may be dead all the same.
  public static var isAvailable: Bool { access(socketPath, F_OK) == 0 }

  /// Every record is tried, since a refused one costs that record alone; without journald the rest are lost too.
  public func write(_ records: [LogRecord]) throws(LogSinkError) {
    var (lost, cause) = (0, Int32(0))
    for (position, record) in records.enumerated() {
      let code = send(record)
      guard code != 0 else { continue }
      cause = code
      if code == ENOENT || code == ECONNREFUSED {
        lost += records.count - position
        break
      }
      lost += 1
    }
    guard lost > 0 else { return }
    let reason = String(cString: strerror(cause))
    throw LogSinkError(
      "write to \(Self.socketPath): \(lost) of \(records.count) records lost: \(reason)", lostRecords: lost)
  }

  /// - Returns: 0, or an errno.
  private func send(_ record: LogRecord) -> Int32 {
    let fields = JournalFields(record, service: service, identifier: identifier)
    // Where there is no socket, `sd_journal_sendv` does nothing and returns 0 (sd_journal_send(3)).
    guard Self.isAvailable else { return ENOENT }
    let status = fields.bytes.withUnsafeBufferPointer { buffer in
      let vectors = fields.ranges.map { range in
        iovec(
          iov_base: UnsafeMutableRawPointer(mutating: buffer.baseAddress.map { $0 + range.lowerBound }),
          iov_len: range.count)
      }
      return sd_journal_sendv(vectors, Int32(vectors.count))
    }
    return status < 0 ? -status : 0
  }
}
