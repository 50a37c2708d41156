import Glibc

/// One thread waits, others wake it: a pipe, since a condition variable has no time limit that a clock step leaves alone
/// in every C library.
final class WakeUp: Sendable {
  private let reading: Int32
  private let writing: Int32

  /// nil where the process has no file descriptor left.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    close(writing)
  }

  func wake() {
    var byte: UInt8 = 1
    // A full pipe wakes as well.
    _ = write(writing, &byte, 1)
  }

  /// - Returns: false where nobody woke it by then.
  func wait(until deadline: ContinuousClock.Instant) -> Bool {
    let left = deadline - .now
    guard left > .zero else { return false }
    var descriptor = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(clamping: Int((left / .milliseconds(1)).rounded(.up)))
    guard poll(&descriptor, 1, milliseconds) > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 64)
    return read(reading, &bytes, bytes.count) > 0
  }
}
