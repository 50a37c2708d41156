import Glibc

/// What changes when a file is written or replaced.
struct FileStamp: Sendable, Equatable {
  private let seconds: Int
  private let nanoseconds: Int
  private let inode: UInt64
  private let bytes: Int

  /// Zeros for a file that is not there.
  init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      (seconds, nanoseconds, inode, bytes) = (0, 0, 0, 0)
      return
    }
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    (inode, bytes) = (UInt64(status.st_ino), status.st_size)
  }
}
