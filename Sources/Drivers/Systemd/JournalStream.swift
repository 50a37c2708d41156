import Glibc

/// Whether an output of this process goes to journald already, by what systemd says in `JOURNAL_STREAM`
/// (systemd.exec(5)): a process that then writes to a `JournalSink` should not write the same lines to that output.
public struct JournalStream: Sendable, Equatable {
  public let device: UInt
  public let inode: UInt

  /// - Parameter variable: the value of `JOURNAL_STREAM`, `device:inode` in decimal.
  /// - Returns: nil where it is not set, or not of that form.
  public init?(_ variable: String?) {
    let numbers = (variable ?? "").split(separator: ":", omittingEmptySubsequences: false).map { UInt($0) }
    guard numbers.count == 2, let device = numbers[0], let inode = numbers[1] else { return nil }
    self.device = device
    self.inode = inode
  }

  /// The variable outlives a redirection of the output, hence the comparison with the descriptor itself.
  public func isBehind(descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_dev == device && status.st_ino == inode
  }
}
