import ExporterKit
import Glibc

/// What statfs(2) says of a mounted file system.
struct MountSpace: Sendable, Equatable {
  /// Bytes.
  var size = 0.0
  var free = 0.0
  /// To users that are not root.
  var available = 0.0
  /// Inodes.
  var files = 0.0
  var freeFiles = 0.0

  init() {}

  /// May hang as long as a server or a process of user space keeps silent.
  init(of path: String) throws(MountFailure) {
    // statvfs(3) makes the system call statfs(2) and hands its numbers on.
    var buffer = statvfs()
    while statvfs(path, &buffer) != 0 {
      guard errno == EINTR else { throw MountFailure(code: errno) }
    }
    let block = Double(buffer.f_bsize)
    size = Double(buffer.f_blocks) * block
    free = Double(buffer.f_bfree) * block
    available = Double(buffer.f_bavail) * block
    files = Double(buffer.f_files)
    freeFiles = Double(buffer.f_ffree)
  }
}

/// Why a mount says nothing, in the words of the standard exporter's label `device_error`.
struct MountFailure: Error, Sendable, Equatable {
  let reason: String

  static let timeout = MountFailure(reason: "mountpoint timeout")

  private init(reason: String) { self.reason = reason }

  /// - Parameter code: as errno(3) numbers it.
  init(code: Int32) {
    // Go's table of errors is an older one of the C library's, in lower case.
    if code == ESTALE {
      reason = "stale NFS file handle"
      return
    }
    let text = String(cString: strerror(code))
    let isWord = text.dropFirst().first?.isLowercase ?? false
    reason = isWord ? text.prefix(1).lowercased() + text.dropFirst() : text
  }
}
